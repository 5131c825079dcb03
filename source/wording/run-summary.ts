import type {RunStatus} from '../engine/model/run-status.ts';
import type {Lane, RunState, Truth} from '../engine/model/state.ts';
import {unsettledChanges} from '../engine/queries/unsettled-changes.ts';
import {looksAnywhere, truthOf, unknownRegions} from '../engine/queries/region-truth.ts';
import {stoppedRegions} from '../engine/queries/stopped-lanes.ts';
import {clockSpan} from '../text/time.ts';
import {wrap} from '../text/width.ts';
import {lineText, span, type Line, type Tone} from '../text/line.ts';
import {changesMade} from './changes-made.ts';
import {modeWords} from './run-mode.ts';
import {truthWords} from './signs.ts';
import {accountText, count, faultText, shortCaller, shortTarget} from './fault-text.ts';

/** Facts for the last lines of a run. */
export interface Closing {
  readonly state: RunState;
  /** Path of the journal; absent when the run never started. */
  readonly journal?: string;
  /** Hash of the journal's last record. */
  readonly head?: string;
  /** Reason why the run could not continue, when its state does not hold it (a failed journal write, for example). */
  readonly error?: string;
  /** Next command for the operator, as typed. The views do not know the commands. */
  readonly next?: string;
}

const verdicts: Readonly<Record<RunStatus, {sign: string; word: string; tone: Tone}>> = {
  done: {sign: '✓', word: 'Done', tone: 'good'},
  planned: {sign: '✓', word: 'Planned, nothing was changed', tone: 'good'},
  failed: {sign: '!', word: 'Failed', tone: 'bad'},
  'needs-operator': {sign: '!', word: 'Needs an operator', tone: 'warning'},
  declined: {sign: '–', word: 'Declined', tone: 'warning'},
  blocked: {sign: '!', word: 'Blocked', tone: 'bad'},
};

const labelColumns = 12;

/** Formats the last lines of a run, each of at most `columns`. Screen, terminal and log show the same. */
export function summary({state, journal, head, error, next}: Closing, columns: number): readonly Line[] {
  const lines: Line[] = [verdict(state, error)];
  const fact = (name: string, text: string, tone?: Tone): void => {
    wrap(text, columns - labelColumns).forEach((part, index) => {
      const label = index === 0 ? `  ${name}` : '';
      lines.push([span(label.padEnd(labelColumns), 'quiet'), span(part, tone)]);
    });
  };
  const {started} = state;
  if (started !== undefined) {
    const end = state.ended?.at ?? state.now;
    fact('Run', `${started.run}, ${modeWords(started)}, ${clockSpan(end - started.at)}`);
    fact('Account', `${accountText(started.identity)}, ${shortCaller(started.identity)}`);
    const {made, outcomes} = changesMade(state);
    fact('Changes', made);
    for (const outcome of outcomes) fact('Outcome', outcome, 'title');
    fact('Regions', regionsText(state));
    fact('Calls', callsText(state));
  }
  for (const lane of unknownRegions(state)) {
    fact(
      'Unknown',
      `${lane.region}: ${lane.fault === undefined ? 'no reason given' : faultText(lane.fault)}`,
      'title',
    );
  }
  const unlooked = [...state.lanes].filter(({waived}) => waived?.unlooked === true);
  const [first] = unlooked;
  if (first !== undefined) {
    const names = unlooked.map(({region}) => region).join(', ');
    fact('Unknown', `not looked at, ${first.waived?.by}: ${names}`, 'title');
  }
  for (const {region, waived, fault} of state.lanes) {
    if (waived === undefined || waived.unlooked === true) continue;
    fact(
      'Waived',
      `${region}: by ${waived.by}${fault === undefined ? '' : `: ${faultText(fault)}`}`,
      'title',
    );
  }
  for (const region of started?.disabled ?? []) {
    fact('Disabled', `${region}: not looked at; a disabled Region keeps its resources`);
  }
  for (const lane of stoppedRegions(state)) {
    const inUse = lane.usage.length === 0 && truthOf(state, lane) === 'in-use';
    if (inUse && lane.fault !== undefined)
      fact('In use', `${lane.region}: ${faultText(lane.fault)}`, 'title');
  }
  for (const lane of state.lanes) {
    for (const {resource, reportedRegion} of lane.usage) {
      const reported = reportedRegion === undefined ? '' : ` (reported in ${reportedRegion})`;
      fact('In use', `${lane.region}: ${resource}${reported}`, 'title');
    }
  }
  for (const {region, operation, item} of unsettledChanges(state)) {
    const where = region === undefined ? '' : `${region}: `;
    const target = item === '' ? '' : ` ${shortTarget(item)}`;
    fact('Unsettled', `${where}${operation}${target} was sent and its answer is not known`, 'title');
  }
  const fault = state.account.fault;
  if (fault?.remedy !== undefined) fact('Remedy', fault.remedy);
  if (journal !== undefined && head !== undefined) fact('Head', head);
  if (next !== undefined) fact('Next', next);
  // Last, so that the final line of a run names its journal.
  if (journal !== undefined) fact('Journal', journal);
  return lines;
}

/** The summary as text. */
export function summaryText(closing: Closing): string {
  return summary(closing, Infinity)
    .map((line) => lineText(line).trimEnd() + '\n')
    .join('');
}

function verdict(state: RunState, error: string | undefined): Line {
  if (error !== undefined) return [span('! Stopped: ', 'bad'), span(error)];
  if (state.ended !== undefined) {
    const {sign, word, tone} = verdicts[state.ended.status];
    return [span(`${sign} ${word}: `, tone), span(state.ended.message)];
  }
  if (state.started === undefined) return [span('! Not started', 'warning')];
  const by = state.interrupted === undefined ? '' : ` by ${state.interrupted}`;
  return [span(`! Interrupted${by}: `, 'warning'), span('the run has not ended and can be resumed')];
}

/** `214, of which 12 throttled and 3 failed otherwise`; every try counts. */
function callsText(state: RunState): string {
  const lanes = [state.account, ...state.lanes];
  const sum = (of: (lane: Lane) => number): number => lanes.reduce((total, lane) => total + of(lane), 0);
  const throttled = sum((lane) => lane.throttledCalls);
  const otherwise = sum((lane) => lane.failedCalls) - throttled;
  const parts = [
    ...(throttled === 0 ? [] : [`${throttled} throttled`]),
    ...(otherwise === 0 ? [] : [`${otherwise} failed${throttled === 0 ? '' : ' otherwise'}`]),
  ];
  const total = sum((lane) => lane.calls);
  return parts.length === 0 ? String(total) : `${total}, of which ${parts.join(' and ')}`;
}

function isDone({steps}: RunState, {results}: Lane): boolean {
  return steps.every(({id, scope}) => scope === 'account' || results[id] !== undefined);
}

/** `33 clear, 1 unknown`; `3 of 4 done` where nothing is looked for. */
export function regionsText(state: RunState): string {
  const lanes = [...state.lanes];
  if (lanes.length > 0 && !looksAnywhere(state)) {
    const done = lanes.filter((lane) => lane.fault === undefined && isDone(state, lane)).length;
    return `${done} of ${lanes.length} done`;
  }
  const order: readonly Truth[] = ['clear', 'in-use', 'unknown', 'unlooked'];
  const parts = order.flatMap((truth) => {
    const those = lanes.filter((lane) => truthOf(state, lane) === truth).length;
    return those === 0 ? [] : [`${those} ${truthWords[truth]}`];
  });
  return parts.length === 0 ? count(0, 'Region') : parts.join(', ');
}
