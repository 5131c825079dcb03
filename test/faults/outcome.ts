import type {OperationModel} from '../../source/runbook/operation.ts';
import {faultClasses, type FaultClass} from './fault-classes.ts';
import type {Played} from './play.ts';

/** How a run ended, in a word. */
export function outcomeOf({run}: Played): string {
  return run.state.ended?.status ?? (run.error === undefined ? 'left' : 'refused');
}

/** One pair in five, so that each class and each operation comes up, and the same ones every time. */
export function sampled({name}: OperationModel, one: FaultClass): boolean {
  const place = faultClasses.indexOf(one) + [...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
  return place % 5 === 0;
}
