import {assert, constantFrom, property, record, subarray} from 'fast-check';
import {describe, expect, test} from 'vitest';
import {chooseAccounts, type AccountFilters} from '../../../source/runs/accounts/choose-accounts.ts';
import {noRules, type ListedAccount, type NeverRules} from '../../../source/runs/accounts/listed-account.ts';

const nothing: AccountFilters = {ous: [], tags: [], only: [], exclude: []};

const listed: readonly ListedAccount[] = [
  {account: {id: '100000000001', name: 'root'}, state: 'ACTIVE', management: true},
  {
    account: {id: '012345678901', name: 'pay', ou: 'Workloads/Prod', tags: {stage: 'prod', tier: 'gold'}},
    state: 'ACTIVE',
  },
  {
    account: {id: '200000000002', name: 'web', ou: 'Workloads/Prod/Web', tags: {stage: 'prod'}},
    state: 'ACTIVE',
  },
  {account: {id: '200000000003', name: 'dev', ou: 'Workloads/Development', tags: {stage: 'dev=1'}}},
  {account: {id: '200000000004', name: 'old', ou: 'Workloads/Prod'}, state: 'SUSPENDED'},
  {account: {id: '200000000005', name: 'gone', ou: 'Closed'}, state: 'CLOSED'},
];

function chosen(filters: Partial<AccountFilters>, never: Partial<NeverRules> = {}) {
  const list = {source: 'accounts.yml', listed, never: {...noRules, ...never}};
  const {accounts, skipped} = chooseAccounts(list, {...nothing, ...filters});
  return {
    names: accounts.map(({name}) => name),
    why: Object.fromEntries(skipped.map(({account, why}) => [account.name, why])),
  };
}

describe('choosing accounts', () => {
  test('suspended and closed accounts are left alone and said, and the management account unless it is named', () => {
    const {names, why} = chosen({});
    expect(names).toEqual(['pay', 'web', 'dev']);
    expect(why).toEqual({
      root: 'the management account; --only 100000000001 takes it',
      old: 'SUSPENDED',
      gone: 'CLOSED',
    });
    expect(chosen({only: ['root', 'pay']}).names).toEqual(['root', 'pay']);
    expect(chosen({only: ['100000000001']}).names).toEqual(['root']);
  });

  test('a unit holds those below it, and no unit whose name begins alike', () => {
    expect(chosen({ous: ['Workloads/Prod']}).names).toEqual(['pay', 'web']);
    expect(chosen({ous: ['/Workloads/']}).names).toEqual(['pay', 'web', 'dev']);
    expect(chosen({ous: ['Workloads/Prod/Web']}).names).toEqual(['web']);
    expect(() => chosen({ous: ['Workloads/Dev']})).toThrow(
      '--ou Workloads/Dev: accounts.yml has no account there; did you mean Workloads?',
    );
  });

  test('every tag must fit, and a value may hold a sign of equality', () => {
    expect(chosen({tags: ['stage=prod', 'tier=gold']}).names).toEqual(['pay']);
    expect(chosen({tags: ['stage=dev=1']}).names).toEqual(['dev']);
    expect(() => chosen({tags: ['stage=live']})).toThrow('has no account with this tag');
    expect(() => chosen({tags: ['stage']})).toThrow('--tag takes KEY=VALUE');
  });

  test('a suspended account stays left alone when it is named', () => {
    expect(chosen({only: ['old', 'pay']}).why['old']).toBe('SUSPENDED');
  });

  test.each([
    ['12345678901', 'ids have 12 digits, leading zeros too'],
    ['pya', 'did you mean pay?'],
  ])('an account %s that is not there is refused', (name, hint) => {
    expect(() => chosen({only: [name]})).toThrow(`--only ${name}: accounts.yml has no such account; ${hint}`);
    expect(() => chosen({exclude: [name]})).toThrow(`--exclude ${name}`);
  });

  test('two accounts of one name are told apart by their ids', () => {
    const twins: ListedAccount[] = [
      {account: {id: '1'.repeat(12), name: 'a'}},
      {account: {id: '2'.repeat(12), name: 'a'}},
    ];
    const list = {source: 'accounts.yml', listed: twins, never: noRules};
    expect(() => chooseAccounts(list, {...nothing, only: ['a']})).toThrow('111111111111, 222222222222');
    expect(chooseAccounts(list, {...nothing, exclude: ['a']}).accounts).toEqual([]);
  });

  test('an account whose unit is not known stays out where a rule forbids units', () => {
    const moving: ListedAccount[] = [{account: {id: '1'.repeat(12)}, unplaced: true}];
    const list = {source: 'the organization', listed: moving, never: {...noRules, ous: ['Protected']}};
    expect(chooseAccounts(list, nothing).skipped[0]?.why).toContain('its organizational unit is not known');
    expect(chooseAccounts({...list, never: noRules}, nothing).accounts).toHaveLength(1);
  });

  test('whatever the command line says, a never rule holds, and no account is lost or doubled', () => {
    const ids = listed.map(({account}) => account.id);
    const some = subarray(ids);
    const filters = record({
      only: some,
      exclude: some,
      ous: subarray(['Workloads', 'Workloads/Prod', 'Closed']),
      tags: subarray(['stage=prod', 'tier=gold']),
    });
    const rules = record({
      accounts: some,
      ous: subarray(['Workloads/Prod', 'Closed']),
      tags: constantFrom<{[key: string]: string}>({}, {tier: 'gold'}),
    });
    assert(
      property(filters, rules, (asked, never) => {
        const {accounts, skipped} = chooseAccounts({source: 'x', listed, never}, asked);
        const all = [...accounts, ...skipped.map(({account}) => account)];
        expect(all.map(({id}) => id).toSorted()).toEqual(ids.toSorted());
        for (const {id, ou = '', tags = {}} of accounts) {
          expect(never.accounts).not.toContain(id);
          expect(never.ous.some((unit) => `${ou}/`.startsWith(`${unit}/`))).toBe(false);
          expect(never.tags['tier'] === 'gold' && tags['tier'] === 'gold').toBe(false);
          expect(asked.exclude).not.toContain(id);
          if (asked.only.length > 0) expect(asked.only).toContain(id);
          expect(['old', 'gone']).not.toContain(listed.find(({account}) => account.id === id)?.account.name);
        }
      }),
    );
  });
});
