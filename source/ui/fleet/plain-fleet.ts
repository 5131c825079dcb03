import type {Question} from '../../engine/model/events.ts';
import type {Answer} from '../../engine/model/ports.ts';
import {evolveFleet} from '../../fleet/evolve.ts';
import type {FleetAnswer} from '../../fleet/events.ts';
import {initialFleet} from '../../fleet/state.ts';
import {show} from '../../text/show.ts';
import {timeOfDay} from '../../text/time.ts';
import {padEnd} from '../../text/width.ts';
import {spokenLine, withoutLayout} from '../plain/screen-reader-line.ts';
import {closingText} from './closing-text.ts';
import type {FleetView} from './fleet-view.ts';
import {childLines, fleetLines, type FleetLine} from './fleet-lines.ts';
import {unanswerableChild, unanswerableWave} from './unanswerable.ts';

interface Options {
  readonly write: (text: string) => void;
  /** ms since the epoch. */
  readonly now: () => number;
  /** The lines are read aloud: signs are words, and nothing is aligned. */
  readonly spoken?: boolean;
  /** Asks the operator outside of the lines. When absent, no operator can be asked. */
  readonly ask?: (question: Question, lines: readonly string[], signal: AbortSignal) => Promise<Answer>;
}

const accountColumns = 28;

/** Shows a fleet as log lines: each account's look, each wave in full, and what became of each account. */
export function createPlainFleet({write, now, spoken = false, ask}: Options): FleetView {
  let state = initialFleet;
  const put = (at: number, {account, sign, text}: FleetLine): void => {
    if (spoken) {
      const said = text.trim().replace(/ {2,}/g, ', ');
      return write(`${show(spokenLine({at, account, sign: sign && {glyph: sign}, text: said}))}\n`);
    }
    write(`${timeOfDay(at)}  ${padEnd(show(account ?? ''), accountColumns)}  ${sign ?? ' '} ${show(text)}\n`);
  };

  return {
    opening(message) {
      put(now(), {text: message});
    },
    publish(next, events) {
      for (const event of events) {
        state = evolveFleet(state, event);
        fleetLines(state, event).forEach((line) => put(event.at, line));
      }
      state = next;
    },
    child({id}, _state, events) {
      for (const event of events) childLines(state, id, event).forEach((line) => put(event.at, line));
    },
    async askWave(question, _state, signal) {
      if (ask === undefined) return unanswerableWave(question);
      const {typeToConfirm} = question;
      const message = `Wave ${question.wave} is above`;
      const asked = {kind: 'type-text' as const, step: '', message, changes: [], typeToConfirm};
      return fleetAnswer(await ask(asked, [`${message}: read it before you type.`], signal));
    },
    async askChild(account, question, signal) {
      if (ask === undefined) return unanswerableChild(account);
      const about = `${account.id}: ${question.message}`;
      return fleetAnswer(await ask(question, [about], signal));
    },
    async close(last) {
      write(`\n${spoken ? withoutLayout(closingText(last)) : closingText(last)}`);
    },
  };
}

function fleetAnswer(answer: Answer): FleetAnswer {
  const {accepted, by, typed} = answer;
  return {accepted, by, ...(typed === undefined ? {} : {typed})};
}
