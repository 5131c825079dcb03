import {createHash} from 'node:crypto';
import type {Piece} from '../sections/section.ts';
import type {ReportedAccount} from './model.ts';

/** The file of an account's page, beside the fleet's. A journal is data: an id that is none names no file. */
export function pageOfAccount({id}: Pick<ReportedAccount, 'id'>): string {
  const isId = /^\d{12}$/.test(id);
  return `${isId ? id : createHash('sha256').update(id).digest('hex')}.html`;
}

/** An account, with its page where it has one: one that was never entered has none. */
export function accountLink(account: ReportedAccount): Piece {
  return account.report === undefined ? {code: account.id} : {link: account.id, page: pageOfAccount(account)};
}
