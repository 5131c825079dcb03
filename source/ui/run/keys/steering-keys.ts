import type {Binding} from '../../keyboard/key-table.ts';
import {noReply} from '../../question/reply.ts';
import {chosenGate} from '../../question/question-gate.ts';
import {waiverId, type Moment, type Outcome} from '../run-screen-state.ts';
import {listRegions} from '../../regions/region-list.ts';
import {regionsUnder} from './scrolling.ts';
import {hasten, pause, retry, retryAll, skip, waive, type Aim, type Steering} from '../steering.ts';

type Row = Binding<Moment, Outcome>;

function steeringKey({enabled, steer}: Steering, words: Pick<Row, 'keys' | 'shown' | 'help' | 'hint'>): Row {
  return {
    ...words,
    live: true,
    enabled: (moment) =>
      moment.shown.steerable === true &&
      moment.shown.asking === undefined &&
      enabled(moment.shown.state, aimOf(moment), moment.shown.now),
    run(moment) {
      const {screen, shown} = moment;
      if (shown.steerable !== true) return {screen};
      // What is agreed to must not change under the answer.
      if (shown.asking !== undefined) return {screen: {...screen, notice: decisionFirst}};
      const steered = steer(shown.state, aimOf(moment), shown.now);
      if ('notice' in steered) return {screen: {...screen, notice: steered.notice}};
      if ('commands' in steered) return {screen, commands: steered.commands};
      return {
        screen: {
          ...screen,
          waiving: steered.waive,
          away: undefined,
          drafts: {...screen.drafts, [waiverId]: noReply},
          // The operator asked for it: it takes keys as soon as it is to be seen, and none that came with the w.
          gate: chosenGate({id: waiverId}, waiverId),
        },
      };
    },
  };
}

const decisionFirst = 'A decision is open: answer it first. Tab goes there.';

/** A chosen Region that the filter leaves out is not to be seen, unless it is opened. */
function aimOf(moment: Moment): Aim {
  const {screen, shown} = moment;
  const {selected, opened, list} = screen;
  const row = regionsUnder(moment);
  if (!opened && row.length > 1 && row.some(({region}) => region === selected)) {
    return {filtered: false, several: row.map(({region}) => region)};
  }
  const filtered = list.filter !== '' || list.problemsOnly;
  const isSeen = opened || listRegions(shown.state, list).some(({region}) => region === selected);
  return {selected: isSeen ? selected : undefined, filtered};
}

/** The keys that steer the run: on the grid and in a Region. */
export const steeringKeys: readonly Row[] = [
  steeringKey(hasten, {
    keys: ['n'],
    shown: 'n',
    help: 'try now what waits for a time: the next attempt, check or retry',
    hint: 'try now',
  }),
  steeringKey(retry, {
    keys: ['r'],
    shown: 'r',
    help: 'try again what failed: in the chosen Region, or in the account',
    hint: 'try again',
  }),
  steeringKey(retryAll, {keys: ['R'], shown: 'R', help: 'try again everything that failed', hint: 'all'}),
  steeringKey(waive, {
    keys: ['w'],
    shown: 'w',
    help: 'go on without a Region that could not be checked, by typing its name',
    hint: 'waive',
  }),
  steeringKey(skip, {
    keys: ['x'],
    shown: 'x',
    help: 'skip the step that failed, where the runbook allows it',
    hint: 'skip step',
  }),
  steeringKey(pause, {
    keys: ['p'],
    shown: 'p',
    help: 'pause: nothing new starts; again: go on',
    hint: 'pause',
  }),
];
