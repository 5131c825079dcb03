import type {Event, PlannedChange} from '../../engine/model/events.ts';
import type {Gated} from '../../engine/queries/change-window.ts';
import {accountLabel} from '../../fleet/account.ts';
import {planDigest, wholeText} from '../../fleet/consent.ts';
import {causeOf} from '../../fleet/cause.ts';
import type {FleetDefaults, FleetEvent, FleetStarted, RegionUse, WaveQuestion} from '../../fleet/events.ts';
import {countsOf, endWord, isStillInUse, standing} from '../../fleet/fleet-end.ts';
import {byNeed, usesIn} from '../../fleet/need.ts';
import {inPhase, onlyLooks, type AccountState, type FleetState} from '../../fleet/state.ts';
import {capital} from '../../text/capital.ts';
import {lineText} from '../../text/line.ts';
import {planLines, planTitle} from '../../wording/decision/change-lines.ts';
import {count, faultText} from '../../wording/fault-text.ts';
import {stoppedBy} from '../../wording/glossary/words.ts';
import {changedCalendarText, opensText, windowsText} from '../../wording/gate-text.ts';
import {modeWords} from '../../wording/run-mode.ts';
import {signs, type Sign} from '../../wording/signs.ts';
import {reasonsText} from './accounts/reasons-text.ts';
import {uncheckedNotes} from './accounts/unchecked-notes.ts';
import {isProduction, moreNotableFirst} from './notable.ts';
import {plannedLines} from './planned-lines.ts';
import {show} from '../../text/show.ts';
import {padEnd, width} from '../../text/width.ts';

/** One line about a fleet; with the account that it is about. */
export interface FleetLine {
  readonly account?: string;
  readonly sign?: Sign['glyph'];
  readonly text: string;
}

/** A log has no width; changes are shown with their whole ARNs. */
const unlimited = 1000;

/** Formats an event of a fleet, by the state that it leads to, in lines: none for what nobody waits for. */
export function fleetLines(state: FleetState, event: FleetEvent): readonly FleetLine[] {
  switch (event.type) {
    case 'fleet-started':
      return startLines(event);
    case 'look-ended':
      return [about(state, event.account, signOf(event), shortened(state, event, lookText(event)))];
    case 'wave-asked':
      return waveLines(state, event);
    case 'wave-answered':
      return [{sign: event.accepted ? signs.done.glyph : '–', text: answerText(`wave ${event.wave}`, event)}];
    case 'wave-ended':
      return [{text: `wave ${event.wave} is over: ${event.done} done, ${event.failed} failed`}];
    case 'child-started':
      return [about(state, event.account, '●', `begins: run ${event.run}`)];
    case 'child-asked':
      if (event.covered) return [];
      return [
        about(state, event.account, '!', 'wants more than its wave agreed to'),
        ...changeLines(event.question.changes),
      ];
    case 'child-agreed':
      return [about(state, event.account, event.accepted ? '✓' : '–', answerText('it', event))];
    case 'child-ended': {
      const made = event.made === 0 ? '' : `, ${count(event.made, 'change')} made`;
      const sign = event.status === 'done' ? '✓' : '!';
      return [about(state, event.account, sign, `${endWord(event.status)}: ${event.message}${made}`)];
    }
    case 'fleet-stopped':
      return [{sign: '!', text: `stopped: ${event.why}; no further account is changed`}];
    case 'fleet-paused':
      return [{sign: '!', text: `paused: the keys that enter the accounts have ended: ${event.why}`}];
    case 'fleet-continued':
      return [{text: 'new keys were found: every account goes on'}];
    case 'fleet-held':
      return [{sign: '!', text: `paused by ${event.by}: no account is begun or changed for the first time`}];
    case 'fleet-released':
      return [{text: `gone on with by ${event.by}`}];
    case 'window-closed':
      return [{sign: '‖', text: `waiting for the change window: ${opensText(event, event.at)}`}];
    case 'window-opened':
      return [{text: 'the change window is open: accounts are begun'}];
    case 'window-overridden':
      return [{sign: '!', text: `${event.by} does not wait for the change window: ${event.reason}`}];
    case 'fleet-interrupted':
      return [{sign: '!', text: `${stoppedBy(event.signal)}: calls under way finish`}];
    case 'fleet-resumed':
      return [
        {text: `gone on with by ${event.by}`},
        ...(event.changedCalendars ?? []).map((file) => ({
          sign: '!' as const,
          text: changedCalendarText(file),
        })),
      ];
    default:
      return [];
  }
}

/** Formats what somebody may have to know of an account's run while it goes on. */
export function childLines(state: FleetState, id: string, event: Event): readonly FleetLine[] {
  if (event.type === 'paused' && event.why === 'credentials') {
    const why = event.fault === undefined ? '' : `: ${faultText(event.fault)}`;
    return [about(state, id, '!', `paused: its session has ended${why}`)];
  }
  return event.type === 'continued' ? [about(state, id, '●', 'goes on')] : [];
}

const lookSign = {ready: '●', clear: '✓', blocked: '?', failed: '!', closed: '?'} as const;

/** What is still in use is not done, though nothing is to be changed. */
function signOf({outcome, uses = []}: Extract<FleetEvent, {type: 'look-ended'}>): Sign['glyph'] {
  return outcome === 'clear' && uses.length > 0 ? signs.active.glyph : lookSign[outcome];
}

function startLines(started: FleetStarted): readonly FleetLine[] {
  const {fleet, base, role, accounts, skipped, runbook, regions, gates, policyWindows, defaults} = started;
  return [
    {
      text: `fleet ${fleet}, ${modeWords(started)}: ${runbook.title}${onlyLooks({started}) ? '; nothing is changed' : ''}`,
    },
    {text: `${count(accounts.length, 'account')}, as ${role} by ${base.arn}`},
    ...(regions.length === 0 ? [] : [{text: `Regions named: ${regions.join(', ')}`}]),
    ...gateFacts({started: {gates}, policy: {windows: policyWindows ?? []}}).map(([name, text]) => ({
      text: `${name.toLowerCase()} ${text}`,
    })),
    ...(defaults === undefined ? [] : defaultsTexts(defaults)).map((text) => ({sign: '!', text})),
    ...(skipped.length === 0
      ? []
      : [
          {
            text: `${count(skipped.length, 'account')} left alone: ${reasonsText(skipped.map(({why}) => why))}`,
          },
        ]),
  ];
}

/** Says what an operator's file of defaults does to a fleet. */
function defaultsTexts({file, profile, leaveOut = []}: FleetDefaults): readonly string[] {
  return [
    ...(profile === undefined ? [] : [`profile ${profile} is used, by ${file}`]),
    ...leaveOut.map(({region, reason}) => `${region} is not checked in any account, by ${file}: ${reason}`),
  ];
}

function lookText({
  outcome,
  message,
  changes,
  unknown,
  uses = [],
}: Extract<FleetEvent, {type: 'look-ended'}>): string {
  if (outcome === 'ready') return planTitle(changes);
  if (outcome === 'clear') {
    return uses.length === 0 ? `nothing to change: ${message}` : `still in use: ${usesText(uses)}`;
  }
  const where = unknown.length === 0 ? '' : ` (unknown: ${unknown.join(', ')})`;
  return outcome === 'closed' ? `could not be entered: ${message}` : `${outcome}: ${message}${where}`;
}

/** `eu-west-1 2 scheduled, us-east-1 1 running`. */
function usesText(uses: readonly RegionUse[]): string {
  return uses.map(({region, text}) => `${region} ${text}`).join(', ');
}

/** What was said of another account with the same cause is not said again in full. */
function shortened(
  state: FleetState,
  {account, message}: Extract<FleetEvent, {type: 'look-ended'}>,
  text: string,
): string {
  const cause = causeOf(message);
  const other = inPhase(state, 'shut').find(
    (row) => row.account.id !== account && row.look !== undefined && causeOf(row.look.message) === cause,
  );
  if (other === undefined || state.accounts.get(account)?.phase !== 'shut') return text;
  const [what = ''] = text.split(':');
  return `${what}, as ${accountLabel(other.account)}: ${cause}`;
}

function answerText(
  what: string,
  {accepted, by, typed, missing}: Extract<FleetEvent, {type: 'wave-answered' | 'child-agreed'}>,
): string {
  if (accepted) return `${what} was agreed to by ${by}${typed === undefined ? '' : `, who typed ${typed}`}`;
  return missing === undefined
    ? `${what} was declined by ${by}`
    : `nobody agreed to ${what}: answer with ${missing}`;
}

/** Formats a wave's question in full: what is agreed to is what is read here. */
function waveLines(state: FleetState, question: WaveQuestion): readonly FleetLine[] {
  const rows = question.accounts.flatMap((id) => state.accounts.get(id) ?? []).toSorted(moreNotableFirst);
  const sums = Object.entries(question.changes).map(([operation, times]) => `${times} × ${operation}`);
  const canary = question.wave === 1 ? ', the canary' : '';
  const left = [...state.accounts.values()].filter(({phase}) => phase === 'ready').length;
  return [
    {
      sign: signs.trouble.glyph,
      text: `wave ${question.wave}${canary}: ${sums.join(', ')} in ${count(rows.length, 'account')}`,
    },
    ...(question.grown.length === 0
      ? []
      : [{sign: signs.trouble.glyph, text: `changed since the first look: ${question.grown.join(', ')}`}]),
    ...rows.flatMap((row) => [
      {
        account: accountLabel(row.account),
        sign: signs.active.glyph,
        text: `${isProduction(row) ? 'production, ' : ''}${planTitle(row.look?.changes ?? [])}`,
      },
      ...changeLines(row.look?.changes ?? []),
    ]),
    ...(left === 0
      ? []
      : [{text: `${count(left, 'account')} with changes ${left === 1 ? 'is' : 'are'} asked about later`}]),
    {text: `consent ${question.digest}`},
  ];
}

function changeLines(changes: readonly PlannedChange[]): readonly FleetLine[] {
  return planLines({changes}, unlimited).map((line) => ({text: lineText(line).trimEnd()}));
}

function about(state: FleetState, id: string, sign: Sign['glyph'], text: string): FleetLine {
  const account = state.accounts.get(id)?.account ?? {id};
  return {account: accountLabel(account), sign, text};
}

/** The ticket, the window, and the reason for not waiting for it. */
export function gateFacts({
  overridden,
  ...gated
}: Gated & Pick<FleetState, 'overridden'>): readonly (readonly [name: string, text: string])[] {
  const ticket = gated.started?.gates?.ticket;
  const windows = windowsText(gated);
  return [
    ...(ticket === undefined ? [] : [['Ticket', ticket] as const]),
    ...(windows === undefined ? [] : [['Window', windows] as const]),
    ...(overridden === undefined
      ? []
      : [['Override', `${overridden.by} did not wait for the window: ${overridden.reason}`] as const]),
  ];
}

/** Formats how a fleet was left: the counts, and each account that is not done. */
export function summaryLines(state: FleetState): readonly string[] {
  const rows = [...state.accounts.values()];
  const skipped = state.started?.skipped.length ?? 0;
  const ready = rows.filter(({phase}) => phase === 'ready').length;
  const open = rows.filter(
    ({phase, end}) => phase === 'shut' || (phase === 'ended' && end?.status !== 'done'),
  );
  return [
    ...(state.ended === undefined ? [] : [`${capital(endWord(state.ended.status))}: ${state.ended.message}`]),
    ...countsOf(rows).map(([what, times]) => `  ${times} ${what}`),
    ...(skipped === 0 ? [] : [`  ${skipped} left alone`]),
    // A demo takes no --confirm.
    ...(state.started?.mode === 'plan' && state.started.simulation !== true && ready > 0
      ? [
          `To agree to all of it without a terminal: --confirm ${JSON.stringify(wholeText(state))}`,
          `To make these changes and no others, add:  --plan-digest ${planDigest(state)}`,
        ]
      : []),
    ...(state.started?.mode === 'plan' ? plannedLines(rows) : []),
    ...troubleLines(open),
    ...uncheckedNotes(state).map((text) => `  ${text}`),
    ...useLines(byNeed(rows).filter(isStillInUse)),
  ];
}

/** Most accounts that one line of a summary names. */
const mostNamed = 5;

/** One entry for each cause: whom it holds up, and AWS's whole words once. */
function troubleLines(rows: readonly AccountState[]): readonly string[] {
  const causes = Map.groupBy(rows, (row) => `${standing(row)}: ${causeOf(whyOf(row))}`);
  return [...causes.values()].flatMap((held) => {
    const [first] = held;
    if (first === undefined) return [];
    const names = held.slice(0, mostNamed).map(({account}) => accountLabel(account));
    const more = held.length > mostNamed ? `, and ${held.length - mostNamed} more` : '';
    const why = whyOf(first);
    return [`  ${names.join(', ')}${more}: ${standing(first)}${why === '' ? '' : `: ${why}`}`];
  });
}

function whyOf({end, look}: AccountState): string {
  return end?.message ?? look?.message ?? '';
}

/** A table of what is still in use, by account and Region, with the sum. */
function useLines(rows: readonly AccountState[]): readonly string[] {
  if (rows.length === 0) return [];
  const cells = rows.flatMap(({account, look}) =>
    (look?.uses ?? []).map(({region, text}) => [show(accountLabel(account)), region, text] as const),
  );
  const [name, region] = [0, 1].map((column) => Math.max(...cells.map((row) => width(row[column] ?? ''))));
  const things = rows.reduce((sum, row) => sum + usesIn(row), 0);
  return [
    `${things} still in use, in ${count(cells.length, 'Region')} of ${count(rows.length, 'account')}:`,
    ...cells.map((row) => `  ${padEnd(row[0], name ?? 0)}  ${padEnd(row[1], region ?? 0)}  ${row[2]}`),
  ];
}
