import {escapeKeys, type Binding} from '../../keyboard/key-table.ts';
import {suspendKeyOf} from '../../keyboard/screen-keys.ts';
import {wholeLog} from '../../log/log-lines.ts';
import {chosenGate} from '../../question/question-gate.ts';
import {stopHint} from '../../../wording/run-mode.ts';
import {askingOf, awayFrom, type Moment, type Outcome, type ScreenState} from '../run-screen-state.ts';

type Row = Binding<Moment, Outcome>;

/** A key that leaves, in the words of the place. */
export function leaveKey(words: Pick<Row, 'keys' | 'shown' | 'help' | 'hint'>): Row {
  return {...words, live: true, run: ({screen}) => ({screen, exit: 'leave'})};
}

export const suspendKey: Row = suspendKeyOf<ScreenState>();

export const helpKey: Row = {
  keys: ['?'],
  shown: '?',
  help: 'this help',
  hint: 'help',
  run: ({screen}) => ({screen: {...screen, help: true}}),
};

/** Opens the log. */
export const logKey: Row = {
  keys: ['l'],
  shown: 'l',
  help: 'the log: everything that was told, to scroll and to filter',
  hint: 'log',
  run: ({screen}) => ({screen: {...screen, log: wholeLog}}),
};

/** Says what becomes of a run whose operator leaves it. */
export function leaveHint({elsewhere, state}: Moment['shown']): string {
  return elsewhere === true ? 'leave, it goes on' : stopHint(state);
}

/** Leaves a run: it stops while it goes, and is merely left once it has ended. */
export const stopKey: Row = {
  ...leaveKey({
    keys: ['q', 'ctrl-c'],
    shown: 'q',
    help: 'stop after the calls under way; a run can be resumed, a simulation cannot (also Ctrl-C); in a fleet, back to it',
  }),
  hint: ({shown}) => {
    if (shown.within !== undefined) return 'fleet';
    return shown.state.ended === undefined ? leaveHint(shown) : 'leave';
  },
};

/** Goes back from an account's run to its fleet. */
export const fleetKey: Row = {
  keys: [...escapeKeys, 'left'],
  shown: 'Esc',
  help: 'of an account of a fleet: back to the fleet',
  hint: 'fleet',
  enabled: ({shown}) => shown.within !== undefined,
  run: ({screen, shown}) => (shown.within === undefined ? {screen} : {screen, exit: 'back'}),
};

/** Stops the run of an account alone. */
export const stopAccountKey: Row = {
  keys: ['S'],
  shown: 'S',
  help: 'of an account of a fleet: stop its run after the calls under way; the fleet goes on',
  hint: 'stop account',
  live: true,
  enabled: isSteerableAccount,
  run: (moment) =>
    isSteerableAccount(moment) ? {screen: moment.screen, exit: 'stop-account'} : {screen: moment.screen},
};

function isSteerableAccount({shown}: Moment): boolean {
  return shown.within !== undefined && shown.steerable === true;
}

/** Leaves a run to another terminal that watches it. */
export const handOverKey: Row = {
  keys: ['h'],
  shown: 'h',
  help: 'hand over: stop here after the calls under way, so that a terminal that watches can go on',
  hint: 'hand over',
  live: true,
  enabled: ({shown}) => shown.askedForBy !== undefined && shown.state.ended === undefined,
  run: ({screen, shown}) => (shown.steerable === true ? {screen, exit: 'hand-over'} : {screen}),
};

/** Goes on between a decision, the Regions and the changes. */
export const decisionKey: Row = {
  keys: ['tab'],
  shown: 'Tab',
  help: 'while a decision is open: to the Regions, to the changes, and back to the answer',
  hint: nextPlace,
  enabled: (moment) => questionOf(moment) !== undefined,
  run: (moment) => ({screen: movedOn(moment)}),
};

/** Shows every change of a decision in all of the pane. */
export const changesKey: Row = {
  keys: ['v'],
  shown: 'v',
  help: 'while a decision is open: every change, on the whole pane',
  run(moment) {
    const {screen} = moment;
    const question = questionOf(moment);
    return {screen: question === undefined ? screen : showingChanges(screen, question.id)};
  },
};

/** The screen with a question's changes on all of the pane. */
export function showingChanges(screen: ScreenState, id: number): ScreenState {
  return {...closed(screen), away: {from: id, to: 'plan'}, seen: id};
}

/** The screen with the keyboard back at a question: it takes keys once this was drawn. */
export function answering(screen: ScreenState, id: number): ScreenState {
  return {...closed(screen), away: undefined, gate: chosenGate({id}, id)};
}

function questionOf({screen, shown, at}: Moment): {readonly id: number} | undefined {
  return askingOf(screen, shown, at) ?? shown.asked;
}

function nextPlace({screen, shown, at}: Moment): string {
  const away = awayFrom(screen, askingOf(screen, shown, at) ?? shown.asked);
  if (away === 'grid') return 'changes';
  return away === 'plan' ? 'answer' : 'Regions';
}

function movedOn(moment: Moment): ScreenState {
  const {screen, shown} = moment;
  const question = questionOf(moment);
  if (question === undefined) return screen;
  const {id} = question;
  const away = awayFrom(screen, question);
  if (away === 'plan') return answering(screen, id);
  // A run without Regions has its changes alone.
  if (away === 'grid' || shown.state.lanes.size === 0)
    return {...closed(screen), away: {from: id, to: 'plan'}};
  return {...closed(screen), away: {from: id, to: 'grid'}};
}

/** The screen with nothing opened. */
function closed(screen: ScreenState): ScreenState {
  return {...screen, help: false, log: undefined, opened: false, filtering: false};
}
