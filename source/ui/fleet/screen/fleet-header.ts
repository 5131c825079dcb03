import {hasFailed, type FleetState} from '../../../fleet/state.ts';
import {lineWidth, span, spread, type Line} from '../../../text/line.ts';
import {clockSpan} from '../../../text/time.ts';
import {count, shortCaller} from '../../../wording/fault-text.ts';
import {modeBadges, type Caption} from '../../../wording/run-mode.ts';
import {waveBar} from './wave-bar.ts';

interface Facts {
  readonly state: FleetState;
  /** ms since the epoch. */
  readonly now: number;
  /** Calls a second. */
  readonly rate: number;
  readonly columns: number;
  readonly rows: number;
}

const separator = '  ·  ';

/** Formats whose fleet this is, how long it goes, its waves and its pace. */
export function fleetHeader({state, now, rate, columns, rows}: Facts): readonly Line[] {
  const {started, ended} = state;
  if (started === undefined) return [[span(' Handrail', 'title')]];
  const elapsed = clockSpan((ended?.at ?? now) - started.at);
  const badges = modeBadges(state);
  const title = spread(
    [span(` ${started.runbook.title}`, 'title')],
    [...heldBadge(state), ...badges, span(`  ${elapsed} `)],
    columns,
  );
  const bar = waveBar(state, columns);
  const pace = paceLine(state, rate);
  if (rows < 10) return [title, bar];
  const beside = lineWidth(bar) + lineWidth(pace) + 3 <= columns;
  return [
    title,
    ...factLines(state, columns, rows < 18 ? 1 : 2),
    ...(beside
      ? [spread(bar, pace, columns)]
      : rows < 16 || pace.length === 0
        ? [bar]
        : [bar, spread([], pace, columns)]),
  ];
}

/** A fleet that an operator paused says so wherever the screen is too small for a sentence. */
function heldBadge({held, ended}: FleetState): Line {
  return held === undefined || ended !== undefined ? [] : [span(' PAUSED ', 'badge'), span(' ')];
}

/** The hub account, its caller, the role and the size of the fleet, in as many lines as they take. */
function factLines(state: FleetState, columns: number, most: number): readonly Line[] {
  const {started} = state;
  if (started === undefined) return [];
  const {base, role, accounts, skipped, fleet, gates, regions} = started;
  const changes = [...state.accounts.values()].reduce((sum, {look}) => sum + (look?.changes.length ?? 0), 0);
  const texts = [
    fleet,
    `hub ${base.account} as ${shortCaller(base)}`,
    count(accounts.length, 'account') + (skipped.length === 0 ? '' : `, ${skipped.length} left alone`),
    ...(changes === 0 ? [] : [count(changes, 'change')]),
    ...(gates?.ticket === undefined ? [] : [`ticket ${gates.ticket}`]),
    ...(regions.length === 0 ? [] : [`named: ${regions.join(', ')}`]),
  ];
  const lines: string[] = [];
  for (const text of texts) {
    const last = lines.at(-1);
    const joined = last === undefined ? ` ${text}` : last + separator + text;
    if (last !== undefined && joined.length <= columns) lines[lines.length - 1] = joined;
    else lines.push(last === undefined ? joined : ` ${text}`);
  }
  // The role is in each decision too: it gets no line for itself.
  const [last = ''] = lines.slice(-1);
  if (last.length + separator.length + role.length <= columns)
    lines[lines.length - 1] = last + separator + role;
  return lines.slice(0, most).map((text): Line => [span(text)]);
}

/** What holds the fleet back: failures that are tolerated, deletions at a time, and its calls a second. */
function paceLine(state: FleetState, rate: number): Line {
  const {started, waves} = state;
  if (started === undefined) return [];
  const rows = [...state.accounts.values()];
  const failed = rows.filter(hasFailed).length;
  const deleting = rows.filter((row) => row.deleting === true).length;
  const {tolerate, maxDeleting} = started.limits;
  const going = rows.some(({phase}) => phase === 'going');
  const facts: Line[] = [
    ...(waves.length === 0 || (!going && failed === 0)
      ? []
      : [
          [
            span(`failed ${failed}`, failed > tolerate ? 'bad' : undefined),
            span(`, tolerates ${tolerate}`, 'quiet'),
          ],
          [span(`deleting ${deleting}/${maxDeleting}`, deleting === 0 ? 'quiet' : undefined)],
        ]),
    ...(state.ended === undefined && rate > 0 ? [[span(`${count(rate, 'call')}/s`, 'quiet')]] : []),
  ];
  const line = facts.flatMap((fact, index) => [...(index === 0 ? [] : [span('  ·  ', 'quiet')]), ...fact]);
  return line.length === 0 ? [] : [...line, span(' ')];
}

/** Explains the mode: a badge may be overlooked, a sentence is read. */
export function fleetCaption({started}: FleetState): Caption | undefined {
  if (started === undefined) return undefined;
  const where =
    started.simulation === true ? 'simulated accounts' : count(started.accounts.length, 'account');
  if (started.mode === 'plan')
    return {text: `PLAN: only looking at ${where}, nothing is changed`, heavy: false};
  if (started.simulation === true) return {text: 'SIMULATION: nothing real is touched', heavy: false};
  if (started.looksOnly === true)
    return {text: `LIVE: only looking at ${where}, this runbook changes nothing`, heavy: false};
  return {text: `LIVE: what you confirm is done in the accounts that the decision names`, heavy: true};
}
