import type {RunState} from '../../../engine/model/state.ts';
import {stoppedLanes} from '../../../engine/queries/stopped-lanes.ts';
import {oncePer} from '../../../engine/persistent/memoize.ts';
import type {Account} from '../../../fleet/account.ts';
import {causeOf} from '../../../fleet/cause.ts';
import {endWord, isStillInUse} from '../../../fleet/fleet-end.ts';
import type {FleetStarted} from '../../../fleet/events.ts';
import type {AccountState, FleetState} from '../../../fleet/state.ts';
import {planTitle} from '../../../wording/decision/change-lines.ts';
import {count, faultWord} from '../../../wording/fault-text.ts';
import {signs, type Sign} from '../../../wording/signs.ts';
import {isStuck} from '../../../wording/blocked-help.ts';
import {waitingFor} from '../../../wording/waiting.ts';

/** Groups of accounts by what they need, in the order in which they stand. */
export const needs = [
  'you',
  'unknown',
  'inUse',
  'working',
  'asked',
  'ready',
  'waiting',
  'done',
  'skipped',
] as const;

/** What an account needs. */
export type Need = (typeof needs)[number];

/** What the rows say besides the fleet's own state. */
export interface Beside {
  /** Runs under way, by account. */
  readonly runs: ReadonlyMap<string, RunState>;
  /** Accounts whose runs ask the operator. */
  readonly asking: ReadonlySet<string>;
  /** Reasons of Regions that could not be checked, by account, as far as this process has seen them. */
  readonly whys: ReadonlyMap<string, string>;
  /** ms since the epoch. */
  readonly now: number;
}

/** An account as a row shows it. */
export interface AccountItem {
  readonly account: Account;
  readonly need: Need;
  readonly sign: Sign;
  /** What the look found, in few words and with its Regions. */
  readonly found: string;
  readonly foundLong: string;
  readonly wave?: number;
  readonly now: string;
  /** The reason that several accounts may share. */
  readonly cause?: string;
}

/** Returns every account of a fleet as a row shows it, and those that are left alone. */
export function accountItems({accounts, started}: FleetState, beside: Beside): readonly AccountItem[] {
  const rows = [...accounts.values()].map((row) => itemOf(row, beside));
  return started === undefined ? rows : [...rows, ...skippedItems(started)];
}

const skippedItems = oncePer(({skipped}: FleetStarted) =>
  skipped.map(({account, why}): AccountItem => ({
    account,
    need: 'skipped',
    sign: signs.skipped,
    found: '–',
    foundLong: '–',
    now: why,
    cause: why,
  })),
);

/** What a row came to the last time, with the reason that it was worked out with. */
const lastItem = oncePer((_row: AccountState): {why?: string | undefined; item?: AccountItem} => ({}));

/** A row whose account is at work changes all the time; any other one only with its account's state. */
function itemOf(row: AccountState, beside: Beside): AccountItem {
  if (row.phase === 'looking' || row.phase === 'going') return newItem(row, beside);
  const why = beside.whys.get(row.account.id);
  const last = lastItem(row);
  if (last.item === undefined || last.why !== why) {
    last.why = why;
    last.item = newItem(row, beside);
  }
  return last.item;
}

function newItem(row: AccountState, beside: Beside): AccountItem {
  const {account, wave} = row;
  const standing = standingOf(row, beside);
  const [found, foundLong] = foundOf(row);
  return {account, found, foundLong, ...(wave === undefined ? {} : {wave}), ...standing};
}

type Standing = Pick<AccountItem, 'need' | 'sign' | 'now' | 'cause'>;

function standingOf(row: AccountState, beside: Beside): Standing {
  const {phase, account, question} = row;
  switch (phase) {
    case 'unlooked':
      return {need: 'waiting', sign: signs.todo, now: 'not looked at yet'};
    case 'ready':
      return {need: 'ready', sign: signs.todo, now: 'ready to change'};
    case 'agreed':
      return {need: 'ready', sign: signs.todo, now: 'agreed to, not begun'};
    case 'asked':
      return {need: 'asked', sign: signs.active, now: 'in the decision'};
    case 'clear':
      if (isStillInUse(row)) return {need: 'inUse', sign: signs.active, now: usesOf(row)};
      return {need: 'done', sign: signs.done, now: 'nothing to change', cause: 'nothing to change'};
    case 'shut':
      return shutStanding(row, beside);
    case 'ended':
      return endedStanding(row, beside);
    case 'looking':
      return {need: 'working', sign: signs.active, now: progressOf(row, beside)};
    case 'going': {
      if (beside.asking.has(account.id))
        return {need: 'you', sign: signs.trouble, now: 'asks about more than its wave agreed to'};
      if (isStanding(row, beside)) {
        const cause = stuckText(beside.runs.get(account.id));
        return {need: 'you', sign: signs.trouble, now: cause, cause};
      }
      const held = question !== undefined;
      return {
        need: 'working',
        sign: held ? signs.todo : signs.active,
        now: held ? 'waits for its turn' : progressOf(row, beside),
      };
    }
  }
}

/** Returns true if an account's run waits for the operator to deal with a failure. */
function isStanding({account, phase}: AccountState, {runs}: Pick<Beside, 'runs'>): boolean {
  const run = runs.get(account.id);
  return phase === 'going' && run !== undefined && isStuck(run);
}

/** Returns the accounts whose runs wait for the operator: those that ask, then those that cannot go on. */
export function waitingForYou(
  {accounts}: FleetState,
  beside: Pick<Beside, 'runs' | 'asking'>,
): {readonly asking: readonly string[]; readonly standing: readonly string[]} {
  const asking = [...beside.asking];
  const standing = [...beside.runs.keys()].filter((id) => {
    const row = accounts.get(id);
    return row !== undefined && !beside.asking.has(id) && isStanding(row, beside);
  });
  return {asking, standing};
}

/** What an account's run cannot go on for: `cannot go on without you: AccessDenied in eu-west-1`. */
function stuckText(run: RunState | undefined): string {
  const [first, ...others] = run === undefined ? [] : stoppedLanes(run);
  if (first?.fault === undefined) return 'cannot go on without you';
  const where = first.region === undefined ? '' : ` in ${first.region}`;
  const more = others.length === 0 ? '' : `, and ${others.length} more`;
  return `cannot go on without you: ${faultWord(first.fault)}${where}${more}`;
}

/** An account that could not be looked at in full is unknown, whatever else was found in it. */
function shutStanding({account, look}: AccountState, {whys}: Beside): Standing {
  const message = look?.message ?? '';
  if (look?.outcome === 'failed') {
    const cause = causeOf(message);
    return {need: 'you', sign: signs.trouble, now: cause, cause};
  }
  const why = look?.outcome === 'closed' ? causeOf(entered(message)) : unknownText(look?.unknown, message);
  const cause = whys.get(account.id) ?? why;
  return {need: 'unknown', sign: signs.unknown, now: cause, cause};
}

function endedStanding({account, end}: AccountState, {whys}: Beside): Standing {
  const {status = 'failed', message = '', made = 0, unknown = []} = end ?? {};
  const changes = made === 0 ? '' : `, ${count(made, 'change')} made`;
  if (status === 'done') return {need: 'done', sign: signs.done, now: `done${changes}`, cause: 'done'};
  if (status === 'closed' || status === 'blocked') {
    const why = status === 'closed' ? causeOf(entered(message)) : unknownText(unknown, message);
    const cause = whys.get(account.id) ?? why;
    return {need: 'unknown', sign: signs.unknown, now: cause + changes, cause};
  }
  const cause = `${endWord(status)}: ${causeOf(message)}`;
  return {need: 'you', sign: signs.trouble, now: cause + changes, cause};
}

/** The reason without the words that every door has. */
function entered(message: string): string {
  return message.replace(/^AWS could not be asked who is calling: (?:AccessDenied: )?/, '');
}

function unknownText(unknown: readonly string[] = [], message: string): string {
  return unknown.length === 0 ? causeOf(message) : `${unknown.join(', ')} could not be checked`;
}

function progressOf({account}: AccountState, {runs, now}: Beside): string {
  const run = runs.get(account.id);
  if (run?.started === undefined) return 'entering the account';
  if (run.paused !== undefined) return 'paused: its session has ended';
  return waitingFor(run, now).text;
}

/** `eu-west-1 2 scheduled, us-east-1 1 running`. */
function usesOf({look}: AccountState): string {
  return (look?.uses ?? []).map(({region, text}) => `${region} ${text}`).join(', ');
}

function foundOf(row: AccountState): readonly [short: string, long: string] {
  const {look, phase} = row;
  if (look === undefined) return phase === 'unlooked' || phase === 'looking' ? ['', ''] : ['?', '?'];
  if (look.outcome !== 'ready' && look.outcome !== 'clear') return ['?', '?'];
  if (isStillInUse(row)) return ['in use', 'in use'];
  if (look.changes.length === 0) return ['–', '–'];
  return [count(look.changes.length, 'change'), planTitle(look.changes)];
}
