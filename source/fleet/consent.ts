import {createHash} from 'node:crypto';
import type {PlannedChange, RunQuestion} from '../engine/model/events.ts';
import {changeKey} from '../engine/queries/change-key.ts';
import type {WaveQuestion} from './events.ts';
import type {AccountState, FleetState} from './state.ts';

/** Returns true if each change of a question was shown, with the very same request. A resend was shown to nobody. */
export function covers(shown: readonly PlannedChange[], {kind, changes}: RunQuestion): boolean {
  if (kind === 'resend' || changes.length === 0) return false;
  const keys = new Set(shown.filter(({request}) => request !== undefined).map(changeKey));
  return changes.every((change) => change.request !== undefined && keys.has(changeKey(change)));
}

/** Returns true if a question is about a change of the whole account. */
export function isAccountWide({changes}: RunQuestion): boolean {
  return changes.some(({region}) => region === undefined);
}

/** Returns a hash that names exactly these accounts and changes. The order in which they were found does not count. */
function consentDigest(accounts: readonly AccountState[]): string {
  const shown = accounts
    .map(({account, look}): [string, string[]] => [account.id, (look?.changes ?? []).map(changeKey).sort()])
    .sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(shown)).digest('hex');
}

/**
 * Returns a hash that names a fleet's plan: the runbook, what it was given, and every change that the first look at each
 * account showed. It stays the same while the fleet goes on.
 */
export function planDigest({started, accounts}: FleetState): string {
  const shown = [...accounts.values()]
    .flatMap(({account, shownFirst}): [string, string[]][] =>
      shownFirst === undefined ? [] : [[account.id, [...shownFirst].sort()]],
    )
    .sort(([one], [other]) => (one < other ? -1 : 1));
  const {runbook, inputs, regions} = started ?? {};
  const plan = [runbook?.sha256, Object.entries(inputs ?? {}).sort(), [...(regions ?? [])].sort(), shown];
  return createHash('sha256').update(JSON.stringify(plan)).digest('hex');
}

/** Returns the text that is typed to agree: `AWSServiceRoleForImageBuilder in 12 accounts`. */
function textFor(subject: string, accounts: number): string {
  return `${subject} in ${accounts} ${accounts === 1 ? 'account' : 'accounts'}`;
}

/** Returns the text that agrees to all waves. */
export function wholeText(state: FleetState): string {
  // An account that turns out to have nothing to change any more does not make the text another one.
  return state.whole ?? textFor(state.started?.subject ?? '', accountsWithChanges(state));
}

/** Returns the number of accounts that have changes, in the waves that were and those to come. */
function accountsWithChanges({accounts}: Pick<FleetState, 'accounts'>): number {
  return [...accounts.values()].filter(({phase, wave}) => wave !== undefined || phase === 'ready').length;
}

/** A wave's question about accounts. */
export function waveQuestion(state: FleetState, accounts: readonly AccountState[]): WaveQuestion {
  const subject = state.started?.subject ?? '';
  const changes: Record<string, number> = {};
  for (const {operation} of accounts.flatMap(({look}) => look?.changes ?? [])) {
    changes[operation] = (changes[operation] ?? 0) + 1;
  }
  return {
    wave: state.waves.length + 1,
    accounts: accounts.map(({account}) => account.id),
    changes,
    digest: consentDigest(accounts),
    typeToConfirm: textFor(subject, accounts.length),
    whole: wholeText(state),
    grown: accounts.filter(hasGrown).map(({account}) => account.id),
  };
}

function hasGrown({look, shownFirst}: AccountState): boolean {
  return look?.changes.some((change) => shownFirst?.has(changeKey(change)) !== true) ?? false;
}
