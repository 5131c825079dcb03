import type {KeyEvent} from '../../terminal/input-event.ts';
import {pressedIn, type KeyTable} from '../../keyboard/key-table.ts';
import {keyNoted} from '../../question/question-gate.ts';
import {askingOf, focusOf, pendingOf, type Focus, type Moment, type Outcome} from '../run-screen-state.ts';
import {filterKeys} from './filter-keys.ts';
import {gridKeys} from './grid-keys.ts';
import {chooseQuestion, earlyQuestionKeys, planKeys, questionKeys} from './question-keys.ts';
import {logFilterKeys, logKeys} from './log-keys.ts';
import {askedKeys, helpKeys, regionKeys, resultKeys} from './reading-tables.ts';

/** The keys of each part of the run screen. */
export const runTables: Readonly<Record<Focus, KeyTable<Moment, Outcome>>> = {
  grid: gridKeys,
  filter: filterKeys,
  region: regionKeys,
  question: questionKeys,
  'early-question': earlyQuestionKeys,
  plan: planKeys,
  log: logKeys,
  'log-filter': logFilterKeys,
  result: resultKeys,
  help: helpKeys,
  asked: askedKeys,
};

/** Result of a key on the screen. */
export function pressed(moment: Moment, key: KeyEvent): Outcome {
  const {screen, shown, at} = moment;
  const before = {...moment, screen: {...screen, notice: undefined}};
  if (key.name === 'tab' && pendingOf(screen, shown, at) !== undefined) {
    return noted(before, chooseQuestion(before));
  }
  return noted(
    before,
    pressedIn(runTables[focusOf(screen, shown, at)], before, key) ?? {screen: before.screen},
  );
}

/** Result of a paste on the screen. */
export function pasted(moment: Moment, text: string): Outcome {
  const {screen, shown, at} = moment;
  return noted(moment, runTables[focusOf(screen, shown, at)].pasted?.(moment, text) ?? {screen});
}

function noted({screen, shown, at}: Moment, outcome: Outcome): Outcome {
  return keyNoted(screen, askingOf(screen, shown, at)?.id, outcome, at);
}
