import {expect, it} from 'vitest';
import {accountLabel, type ChosenAccounts} from '../../source/fleet/account.ts';

it('names an account by its twelve digits, the leading zeros among them', () => {
  const chosen: ChosenAccounts = {
    accounts: [{id: '000000000012', name: 'payments'}],
    skipped: [{account: {id: '000000000013'}, why: 'SUSPENDED'}],
  };
  expect(chosen.accounts.map(accountLabel)).toEqual(['000000000012 payments']);
  expect(chosen.skipped.map(({account}) => accountLabel(account))).toEqual(['000000000013']);
});
