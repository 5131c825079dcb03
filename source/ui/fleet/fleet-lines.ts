import type {PlannedChange} from '../../engine/model/events.ts';
import {accountLabel} from '../../fleet/account.ts';
import {wholeText} from '../../fleet/consent.ts';
import type {FleetEvent, WaveQuestion} from '../../fleet/events.ts';
import {countsOf, standing} from '../../fleet/fleet-end.ts';
import type {FleetState} from '../../fleet/state.ts';
import {lineText} from '../../text/line.ts';
import {planLines, planTitle} from '../../wording/decision/change-lines.ts';
import {count} from '../../wording/fault-text.ts';
import {signs} from '../../wording/signs.ts';
import {isProduction, moreNotableFirst} from './notable.ts';

/** One line about a fleet; with the account that it is about. */
export interface FleetLine {
  readonly account?: string;
  readonly sign?: string;
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
      return [about(state, event.account, lookSign[event.outcome], lookText(event))];
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
      return [about(state, event.account, sign, `${event.status}: ${event.message}${made}`)];
    }
    case 'fleet-stopped':
      return [{sign: '!', text: `stopped: ${event.why}; no further account is changed`}];
    case 'fleet-interrupted':
      return [{sign: '!', text: `interrupted by ${event.signal}: calls under way finish`}];
    case 'fleet-resumed':
      return [{text: `gone on with by ${event.by}`}];
    default:
      return [];
  }
}

const lookSign = {ready: '●', clear: '✓', blocked: '?', failed: '!', closed: '?'} as const;

function startLines({
  fleet,
  base,
  role,
  accounts,
  skipped,
  mode,
  runbook,
}: Extract<FleetEvent, {type: 'fleet-started'}>): readonly FleetLine[] {
  const whys = new Map<string, number>();
  for (const {why} of skipped) whys.set(why, (whys.get(why) ?? 0) + 1);
  const left = [...whys].map(([why, times]) => `${times} ${why}`).join(', ');
  return [
    {text: `fleet ${fleet}: ${runbook.title}${mode === 'plan' ? '; nothing is changed' : ''}`},
    {text: `${count(accounts.length, 'account')}, as ${role} by ${base.arn}`},
    ...(skipped.length === 0 ? [] : [{text: `${count(skipped.length, 'account')} left alone: ${left}`}]),
  ];
}

function lookText({outcome, message, changes, unknown}: Extract<FleetEvent, {type: 'look-ended'}>): string {
  if (outcome === 'ready') return planTitle(changes);
  if (outcome === 'clear') return `nothing to change: ${message}`;
  const where = unknown.length === 0 ? '' : ` (unknown: ${unknown.join(', ')})`;
  return outcome === 'closed' ? `could not be entered: ${message}` : `${outcome}: ${message}${where}`;
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
      sign: '!',
      text: `wave ${question.wave}${canary}: ${sums.join(', ')} in ${count(rows.length, 'account')}`,
    },
    ...(question.grown.length === 0
      ? []
      : [{sign: '!', text: `changed since the first look: ${question.grown.join(', ')}`}]),
    ...rows.flatMap((row) => [
      {
        account: accountLabel(row.account),
        sign: '●',
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

function about(state: FleetState, id: string, sign: string, text: string): FleetLine {
  const account = state.accounts.get(id)?.account ?? {id};
  return {account: accountLabel(account), sign, text};
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
    ...(state.ended === undefined ? [] : [`${state.ended.status}: ${state.ended.message}`]),
    ...countsOf(rows).map(([what, times]) => `  ${times} ${what}`),
    ...(skipped === 0 ? [] : [`  ${skipped} left alone`]),
    // A demo takes no --confirm.
    ...(state.started?.mode === 'plan' && state.started.simulation !== true && ready > 0
      ? [`To agree to all of it without a terminal: --confirm ${JSON.stringify(wholeText(state))}`]
      : []),
    ...open.map((row) => {
      const why = row.end?.message ?? (row.phase === 'shut' ? row.look?.message : undefined);
      return `  ${accountLabel(row.account)}: ${standing(row)}${why === undefined ? '' : `: ${why}`}`;
    }),
  ];
}
