import {causeOf} from '../../fleet/cause.ts';
import {count} from '../../wording/fault-text.ts';
import {endWords, modeWords, utc} from '../report-text.ts';
import {policyFact} from '../sections/heading.ts';
import {joined, type Block, type Heading, type Item, type Phrase, type Section} from '../sections/section.ts';
import {accountLink} from './account-link.ts';
import type {FleetReport, ReportedAccount} from './model.ts';
import {notCheckedIn} from './not-checked.ts';
import {plannedIn} from './planned.ts';

/** Builds the head of a fleet's report. */
export function fleetHeading(report: FleetReport): Heading {
  const {accounts, runbook, status, startedAt, lastEventAt} = report;
  const good = status === 'done' || status === 'planned';
  const made = accounts.reduce((sum, account) => sum + account.made, 0);
  return {
    mode: modeWords(report),
    title: runbook.title,
    verdict: {text: statusWords(status), tone: good ? 'good' : status === null ? 'warn' : 'bad'},
    message: report.message,
    facts: [
      ['Fleet', [{code: report.fleet}]],
      ['Runbook', [{code: runbook.name}, ', SHA-256 ', {code: runbook.sha256}]],
      ['Caller', [{code: report.caller}, ', by the role ', {code: report.role}]],
      ...(report.ticket === undefined ? [] : [['Ticket', [{code: report.ticket}]] as const]),
      ...(report.windows === undefined ? [] : [['Window', [report.windows.join(' and ')]] as const]),
      ...overriddenFact(report),
      ...policyFact(report.policy),
      ['Time', [`${utc(startedAt)} to ${utc(lastEventAt)}`]],
      ['Accounts', [`${accounts.length}, and ${report.skipped.length} left alone`]],
      ...(report.regions.length === 0
        ? []
        : [['Regions', ['named by the operator: ', {code: report.regions.join(', ')}]] as const]),
      ['Changes', [`${made}`]],
      ...report.paused.map(
        ({at, by, until}) =>
          ['Paused', [`${utc(at)}${until === null ? '' : ` to ${utc(until)}`} by `, {code: by}]] as const,
      ),
      ...report.resumed.map(({at, by}) => ['Resumed', [`${utc(at)} by `, {code: by}]] as const),
      ...(report.plan === null ? [] : [['Plan', [{code: report.plan}]] as const]),
    ],
  };
}

/** Formats a fleet's status. */
function statusWords(status: FleetReport['status']): string {
  if (status === null) return 'Not ended';
  return status === 'blocked' ? 'Blocked by what is in use or could not be checked' : endWords[status];
}

/** The reason for not waiting for a window. */
function overriddenFact({overridden: not}: FleetReport): Heading['facts'] {
  return not === undefined
    ? []
    : [['Window overridden', [`${utc(not.at)} by `, {code: not.by}, ': ', {data: not.reason}]]];
}

/** Builds the sections of a fleet's report: what needs somebody stands first. */
export function fleetSections(report: FleetReport): readonly Section[] {
  return [
    ...section('needs', 'What needs somebody', needsOf(report)),
    ...section('planned', 'Would be changed', plannedIn(report)),
    ...section('uses', 'What is in use', usesOf(report)),
    {id: 'accounts', title: `Accounts (${report.accounts.length})`, blocks: [accountTable(report.accounts)]},
    ...section('unknown', 'What could not be checked', notCheckedIn(report.accounts)),
    ...section('waived', 'Regions that somebody went on without', listed(report.accounts.flatMap(waivedOf))),
    ...section('consents', 'Consents', listed(report.waves.map(consentOf))),
    ...section('skipped', 'Accounts left alone', listed(report.skipped.map(skippedOf))),
    {id: 'journal', title: 'Journals', blocks: journalsOf(report)},
  ];
}

/** A section, unless it is about nothing. */
function section(id: string, title: string, blocks: readonly Block[]): readonly Section[] {
  return blocks.length === 0 ? [] : [{id, title, blocks}];
}

function listed(texts: readonly Phrase[]): readonly Block[] {
  const items = texts.map((text): Item => ({text}));
  return items.length === 0 ? [] : [{kind: 'list', items, otherwise: ''}];
}

/** One entry for each cause, with the accounts that it holds up, and AWS's whole words once. */
function needsOf({accounts}: FleetReport): readonly Block[] {
  const open = accounts.filter(({standing}) => /^(failed|blocked|could not|needs|declined)/.test(standing));
  const causes = Map.groupBy(open, ({standing, message}) => `${standing}: ${causeOf(message)}`);
  const items = [...causes.values()].map((rows): Item => {
    const [{standing, message} = {standing: '', message: ''}] = rows;
    const names = joined(
      rows.map((row) => [accountLink(row)]),
      ', ',
    );
    return {
      text: [{strong: `${count(rows.length, 'account')}: ${standing}`, tone: 'bad'}, ': ', {data: message}],
      items: [names],
    };
  });
  return items.length === 0 ? [] : [{kind: 'list', items, otherwise: ''}];
}

function usesOf({accounts}: FleetReport): readonly Block[] {
  const used = accounts.filter(({uses}) => uses.length > 0);
  if (used.length === 0) return [];
  const regions = used.flatMap(({uses}) => uses);
  const things = regions.reduce((sum, {uses}) => sum + uses, 0);
  const rows = used.flatMap((account) =>
    account.uses.map(({region, uses, text}): readonly Phrase[] => [
      [accountLink(account)],
      [{code: account.name ?? ''}],
      [{code: region}],
      [String(uses)],
      [{data: text}],
    ]),
  );
  const total = `${things} in ${count(regions.length, 'Region')} of ${count(used.length, 'account')}`;
  return [
    {kind: 'text', text: [{strong: total}]},
    {kind: 'table', heading: ['Account', 'Name', 'Region', 'In use', 'What'], rows},
  ];
}

function accountTable(accounts: readonly ReportedAccount[]): Block {
  const heading = ['Account', 'Name', 'Wave', 'Standing', 'Changes', 'Message', 'Last event'];
  return {kind: 'table', heading, rows: accounts.map(accountRow)};
}

function accountRow(account: ReportedAccount): readonly Phrase[] {
  const {name = '', wave, standing, shown, made, message, lastEventAt, unreadable} = account;
  return [
    [accountLink(account)],
    [{code: name}],
    [{code: wave === undefined ? '' : String(wave)}],
    [{code: standing}],
    [{code: made === 0 ? `${shown} shown` : `${made} made`}],
    [{data: unreadable ?? message}],
    [{code: lastEventAt === null ? '' : utc(lastEventAt)}],
  ];
}

/** The fleet's journal, and where that of each account ends. */
function journalsOf({journal, accounts}: FleetReport): readonly Block[] {
  const rows = accounts.flatMap(({id, run, head}): readonly (readonly Phrase[])[] =>
    run === null ? [] : [[[{code: id}], [{code: run}], [{code: head ?? ''}]]],
  );
  const own: Phrase = [
    {code: journal.file},
    `, ${count(journal.records, 'record')}, head `,
    {code: journal.head},
  ];
  return [
    {kind: 'text', text: own},
    ...(rows.length === 0 ? [] : [{kind: 'table' as const, heading: ['Account', 'Run', 'Head'], rows}]),
  ];
}

/** Regions that could not be checked, by a waiver of an operator; those that the defaults leave out stand elsewhere. */
function waivedOf({id, waived, unchecked}: ReportedAccount): readonly Phrase[] {
  const leftOut = new Set(unchecked?.leftOut?.map(({region}) => region));
  return waived
    .filter(({region}) => !leftOut.has(region))
    .map(({region, by, at}) => [{code: `${id}/${region}`}, ` ${utc(at)} by `, {code: by}]);
}

function consentOf(wave: FleetReport['waves'][number]): Phrase {
  const changes = joined(
    Object.entries(wave.changes).map(([operation, times]) => [`${times} × `, {code: operation}]),
    ', ',
  );
  const accounts = joined(
    wave.accounts.map((id) => [{code: id}]),
    ', ',
  );
  const when = wave.answeredAt === null ? '' : ` ${utc(wave.answeredAt)}`;
  const answer: Phrase =
    wave.accepted === null
      ? [{toned: 'not answered', tone: 'warn'}]
      : [
          wave.accepted ? {toned: 'agreed to', tone: 'good'} : {toned: 'declined', tone: 'warn'},
          ' by ',
          {code: wave.by ?? ''},
          ...(wave.typed === null ? [] : [', who typed ', {code: wave.typed}]),
          when,
          ...(wave.missing === null ? [] : ['; answer with ', {code: wave.missing}]),
        ];
  return [
    `Wave ${wave.wave}: `,
    ...changes,
    ' in ',
    ...accounts,
    ': ',
    ...answer,
    '; consent ',
    {code: wave.digest},
  ];
}

function skippedOf({id, name = '', why}: FleetReport['skipped'][number]): Phrase {
  return [{code: id}, ...(name === '' ? [] : [' ', {code: name}]), ': ', {data: why}];
}
