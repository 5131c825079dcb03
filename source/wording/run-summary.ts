import type {RunStatus} from '../engine/model/run-status.ts';
import type {Lane, RunState, Truth} from '../engine/model/state.ts';
import {worksOf} from '../engine/evolve/active-steps.ts';
import {unsettledChanges} from '../engine/queries/unsettled-changes.ts';
import {looksAnywhere, truthOf, unknownRegions} from '../engine/queries/region-truth.ts';
import {stoppedRegions} from '../engine/queries/stopped-lanes.ts';
import {clockSpan, moment} from '../text/time.ts';
import {wrap} from '../text/width.ts';
import {blank, lineText, lineWidth, span, type Line, type Tone} from '../text/line.ts';
import {byHand} from './by-hand.ts';
import {changesMade} from './changes-made.ts';
import {planLines, planTitle} from './decision/change-lines.ts';
import {modeWords, notEndedText} from './run-mode.ts';
import {calendarsText, opensText, policyText, windowsText} from './gate-text.ts';
import {capital} from '../text/capital.ts';
import {stoppedBy, truthWords} from './glossary/words.ts';
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
  /** The operator left a run that goes on elsewhere. */
  readonly goesOn?: true;
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

/** A line of the summary: its name, its text, and a tone when it needs attention. */
type Fact = readonly [name: string, text: string, tone?: Tone];

/**
 * Formats the last lines of a run, each of at most `columns`. Screen, terminal and log show the same. There are none
 * where the run has not begun and its command says why.
 */
export function summary(closing: Closing, columns: number): readonly Line[] {
  const {state, journal, head, error, next} = closing;
  if (state.started === undefined && error === undefined) return [];
  const remedy = state.account.fault?.remedy;
  const facts: readonly Fact[] = [
    ...runFacts(state),
    ...regionFacts(state),
    ...inUseFacts(state),
    ...unsettledFacts(state),
    ...byHandFacts(state),
    ...pauseFacts(state),
    ...(remedy === undefined ? [] : [['Remedy', remedy] as const]),
    ...(journal === undefined || head === undefined ? [] : [['Hash', head] as const]),
    ...(next === undefined ? [] : [['Next', next] as const]),
    // Last, so that the final line of a run names its journal.
    ...(journal === undefined ? [] : [['Journal', journal] as const]),
  ];
  return [
    ...folded(verdict(state, error, closing.goesOn), columns),
    ...resultLines(state, columns),
    ...plannedLines(state, columns),
    ...facts.flatMap((fact) => factLines(fact, columns)),
  ];
}

/** What the run has found, in the runbook's words, before the facts about the run. */
function resultLines({ended}: RunState, columns: number): readonly Line[] {
  const sections = ended?.result ?? [];
  if (sections.length === 0) return [];
  return [
    ...sections.flatMap(({title, lines}): readonly Line[] => [
      blank,
      [span(`  ${title}`, 'title')],
      ...lines.flatMap((text) => wrap(text, columns - 4).map((part): Line => [span(`    ${part}`)])),
    ]),
    blank,
  ];
}

/** Every change that a plan ended with. */
function plannedLines({planned}: RunState, columns: number): readonly Line[] {
  if (planned === undefined || planned.changes.length === 0) return [];
  // A log has no width; each change is in a line of its own all the same.
  const lines = planLines(planned, Math.min(columns, 1000));
  const heading: Line = [span('  Would be changed: ', 'title'), span(planTitle(planned.changes))];
  return [blank, ...folded(heading, columns), ...lines, blank];
}

/** Folds a line of a heading and its text between words where it is too long. */
function folded(line: Line, columns: number): readonly Line[] {
  const [heading, text] = line;
  if (lineWidth(line) <= columns || heading === undefined || text === undefined) return [line];
  const indent = ' '.repeat(/^ */.exec(heading.text)?.[0].length ?? 0);
  const [first = '', ...rest] = wrap(lineText(line).trim(), columns - indent.length);
  const length = heading.text.length - indent.length;
  return [
    [
      {...heading, text: indent + first.slice(0, length)},
      {...text, text: first.slice(length)},
    ],
    ...rest.map((part): Line => [{...text, text: indent + part}]),
  ];
}

function factLines([name, text, tone]: Fact, columns: number): readonly Line[] {
  return wrap(text, columns - labelColumns).map((part, index) => {
    const label = index === 0 ? `  ${name}` : '';
    return [span(label.padEnd(labelColumns), 'quiet'), span(part, tone)];
  });
}

function runFacts(state: RunState): readonly Fact[] {
  const {started} = state;
  if (started === undefined) return [];
  const end = state.ended?.at ?? state.now;
  const {made, outcomes} = changesMade(state);
  return [
    ['Run', `${started.run}, ${modeWords(started)}, ${clockSpan(end - started.at)}`],
    ['Account', `${accountText(started.identity)}, ${shortCaller(started.identity)}`],
    ...gateFacts(state),
    ['Changes', made],
    ...outcomes.map((outcome): Fact => ['Outcome', outcome, 'title']),
    ...(state.lanes.size === 0 ? [] : [['Regions', regionsText(state)] as const]),
    ['Calls', callsText(state)],
  ];
}

/** The Regions that are not known: by a fault, by a waiver, or because the account has them disabled. */
function regionFacts(state: RunState): readonly Fact[] {
  const lanes = [...state.lanes];
  const unlooked = lanes.filter(({waived}) => waived?.unlooked === true);
  const names = unlooked.map(({region}) => region).join(', ');
  return [
    ...unknownRegions(state).map(({region, fault}): Fact => {
      const why = fault === undefined ? 'no reason given' : faultText(fault);
      return ['Unknown', `${region}: ${why}`, 'title'];
    }),
    ...unlooked
      .slice(0, 1)
      .map(({waived}): Fact => ['Unknown', `not checked, ${waived?.by}: ${names}`, 'title']),
    ...lanes.flatMap(({region, waived, fault}): readonly Fact[] => {
      if (waived === undefined || waived.unlooked === true) return [];
      const why = fault === undefined ? '' : `: ${faultText(fault)}`;
      return [['Waived', `${region}: by ${waived.by}${why}`, 'title']];
    }),
    ...(state.started?.disabled ?? []).map((region): Fact => [
      'Disabled',
      `${region}: not checked; a disabled Region keeps its resources`,
    ]),
  ];
}

/** The Regions that stopped with something in use, and what AWS named as such. */
function inUseFacts(state: RunState): readonly Fact[] {
  const stopped = stoppedRegions(state).flatMap((lane): readonly Fact[] => {
    const inUse = lane.usage.length === 0 && truthOf(state, lane) === 'in-use';
    return inUse && lane.fault !== undefined
      ? [['In use', `${lane.region}: ${faultText(lane.fault)}`, 'title']]
      : [];
  });
  const named = [...state.lanes].flatMap(({region, usage}) =>
    usage.map(({resource, reportedRegion}): Fact => {
      const reported = reportedRegion === undefined ? '' : ` (reported in ${reportedRegion})`;
      return ['In use', `${region}: ${resource}${reported}`, 'title'];
    }),
  );
  return [...stopped, ...named];
}

function unsettledFacts(state: RunState): readonly Fact[] {
  return unsettledChanges(state).map(({region, operation, item}): Fact => {
    const where = region === undefined ? '' : `${region}: `;
    const target = item === '' ? '' : ` ${shortTarget(item)}`;
    return ['Unsettled', `${where}${operation}${target} was sent and its answer is not known`, 'title'];
  });
}

/** Most commands to print. */
const mostCommands = 3;

/** The commands by which a person makes the changes that AWS refused. */
function byHandFacts({account, lanes}: RunState): readonly Fact[] {
  const commands = [account, ...lanes].flatMap(byHand);
  const more = commands.length - mostCommands;
  return [
    ...commands.slice(0, mostCommands).map((command): Fact => ['By hand', command]),
    ...(more > 0 ? [['By hand', `and ${more} more, in their Regions`] as const] : []),
  ];
}

/** When a pause that the run was left in ends. */
function pauseFacts(state: RunState): readonly Fact[] {
  if (state.ended !== undefined) return [];
  const works = [state.account, ...state.lanes].flatMap(worksOf);
  return state.steps
    .filter(({does}) => does === 'pause')
    .flatMap(({id, title}): readonly Fact[] => {
      const ends = works.flatMap(({step, deadline}) => (step === id ? (deadline ?? []) : []));
      if (ends.length === 0) return [];
      const end = moment(Math.max(...ends), state.now);
      return [['Pause', `“${title}” ends at ${end}; a resume keeps that`]];
    });
}

/** The summary as text. */
export function summaryText(closing: Closing): string {
  return summary(closing, Infinity)
    .map((line) => lineText(line).trimEnd() + '\n')
    .join('');
}

/** Formats how a run ended, in one line. */
export function endText(state: RunState): string {
  return lineText(verdict(state, undefined));
}

function verdict(state: RunState, error: string | undefined, goesOn = false): Line {
  if (error !== undefined) return [span('! Stopped: ', 'bad'), span(error)];
  if (state.ended !== undefined) {
    const {sign, word, tone} = verdicts[state.ended.status];
    return [span(`${sign} ${word}: `, tone), span(state.ended.message)];
  }
  if (state.interrupted === 'hand-over') {
    return [span('! Handed over: ', 'warning'), span('a terminal that watches the run can go on with it')];
  }
  if (goesOn) return [span('● Left: ', 'warning'), span('the run goes on at its engine')];
  const by = state.interrupted === undefined ? 'Interrupted' : capital(stoppedBy(state.interrupted));
  return [span(`! ${by}: `, 'warning'), span(notEndedText('run', state))];
}

/** The ticket, the window, and the reason for not waiting for it. */
function gateFacts(state: RunState): readonly Fact[] {
  const {started, overridden, policy} = state;
  const ticket = started?.gates?.ticket;
  const windows = windowsText(state);
  const {gate} = state;
  const opens = gate === undefined || gate.calendar !== undefined ? undefined : opensText(gate, state.now);
  const calendars = calendarsText(state);
  return [
    ...(policy === undefined || policy.files.length === 0 ? [] : [['Policy', policyText(policy)] as const]),
    ...(ticket === undefined ? [] : [['Ticket', ticket] as const]),
    ...(windows === undefined
      ? []
      : [['Window', opens === undefined ? windows : `${windows}; ${opens}`] as const]),
    ...(calendars === undefined ? [] : [['Calendar', calendars] as const]),
    ...(overridden === undefined
      ? []
      : [['Override', `${overridden.by} did not wait: ${overridden.reason}`, 'bad'] as const]),
  ];
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
