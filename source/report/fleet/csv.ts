import {disabledWhy} from '../../fleet/unchecked.ts';
import type {ReportedRegion} from '../model.ts';
import type {FleetReport, ReportedAccount} from './model.ts';

/**
 * Writes a fleet's report as CSV (RFC 4180): a line for each account and Region, with what the first look of each column
 * found. A Region that was left out has a line too. An account without a look has one line, without a Region.
 */
export function fleetCsv({accounts, skipped}: FleetReport): string {
  const columns = [...new Set(accounts.flatMap(regionsOf).flatMap(({found}) => Object.keys(found)))];
  const heading = [
    'account',
    'name',
    'ou',
    'wave',
    'standing',
    'message',
    'region',
    'state',
    'why',
    ...columns.flatMap((column) => [column, `${column} in use`]),
  ];
  const rows = accounts.flatMap((account) => {
    const regions = regionsOf(account);
    return regions.length === 0
      ? [rowOf(account, columns)]
      : [...regions.map((region) => rowOf(account, columns, region)), ...besideRows(account, columns)];
  });
  const left = skipped.map(({id, name = '', why}) => {
    const known = [id, name, '', '', 'left alone', why];
    return [...known, ...heading.slice(known.length).map(() => '')];
  });
  return [heading, ...rows, ...left].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

function regionsOf({report}: ReportedAccount): readonly ReportedRegion[] {
  return report?.regions ?? [];
}

function rowOf(
  account: ReportedAccount,
  columns: readonly string[],
  region?: ReportedRegion,
): readonly string[] {
  const looks = columns.flatMap((column) => {
    const look = region?.found[column];
    return look === undefined ? ['', ''] : [look.text, String(look.inUse)];
  });
  return [...about(account), region?.region ?? '', region?.truth ?? '', whyOf(account, region), ...looks];
}

function about({id, name = '', ou = '', wave, standing, message}: ReportedAccount): readonly string[] {
  return [id, name, ou, wave === undefined ? '' : String(wave), standing, message];
}

/** Why a Region is not known. */
function whyOf({unchecked}: ReportedAccount, region: ReportedRegion | undefined): string {
  const fault = region?.fault;
  if (fault !== undefined) return `${fault.name}: ${fault.message}`;
  const leftOut = unchecked?.leftOut?.find((one) => one.region === region?.region);
  return leftOut === undefined ? '' : `left out by ${leftOut.by}`;
}

/** The Regions that the run knew of and has no lane for. */
function besideRows(account: ReportedAccount, columns: readonly string[]): readonly (readonly string[])[] {
  const {disabled = [], only} = account.unchecked ?? {};
  const nothing = columns.flatMap(() => ['', '']);
  const left = (region: string, why: string): readonly string[] => [
    ...about(account),
    region,
    'unlooked',
    why,
    ...nothing,
  ];
  return [
    ...disabled.map((region) => left(region, disabledWhy)),
    ...(only === undefined ? [] : [left(`all but ${only.join(' ')}`, 'not named')]),
  ];
}

/** A spreadsheet takes a leading =, +, - or @ for a formula: data never is one. */
function field(text: string): string {
  const data = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(data) ? `"${data.replaceAll('"', '""')}"` : data;
}
