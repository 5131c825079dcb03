import {createInterface} from 'node:readline';
import {initialState} from '../../engine/evolve/evolve.ts';
import type {Question} from '../../engine/model/events.ts';
import type {Answer} from '../../engine/model/ports.ts';
import type {RunState} from '../../engine/model/state.ts';
import type {Command} from '../../engine/decide/operator-commands.ts';
import {show} from '../../text/show.ts';
import {lineText} from '../../text/line.ts';
import {linearHelp, parseTyped} from './typed-command.ts';
import {createPlain} from './plain-view.ts';
import {unanswerable} from '../question/unanswerable.ts';
import {answerFrom, prompt} from './typed-answer.ts';
import {standstill} from '../../wording/blocked-help.ts';
import {regionsText} from '../../wording/run-summary.ts';
import type {View} from '../view.ts';
import {waitingFor} from '../../wording/waiting.ts';

interface LinearOptions {
  readonly write: (text: string) => void;
  readonly input: NodeJS.ReadableStream;
  readonly onInterrupt: () => void;
  /** ms since the epoch. */
  readonly now: () => number;
  /** Said in words for a screen reader, rather than in signs and columns. */
  readonly spoken: boolean;
}

/** Wide enough for any sentence: the reader or printer of the lines breaks them. */
const unlimited = 1000;

/**
 * The run as lines that only ever follow each other, answered and steered by typed lines: for screen readers, which
 * read each new line once, and for terminals that cannot move their cursor.
 */
export function createLinear({write, input, onInterrupt, now, spoken}: LinearOptions): View {
  const plain = createPlain({write, now, spoken});
  const lines = createInterface({input, terminal: false});
  let state: RunState = initialState;
  let asking: {question: Question; settle: (answer: Answer) => void} | undefined;
  let steer: ((command: Command) => void) | undefined;
  let stoodStill = false;
  let inputEnded = false;
  let closing = false;

  const say = (text: string): void => write(`${show(text)}\n`);
  const sayStandstill = (): void => {
    const still = standstill(state, unlimited);
    if (still !== undefined && !stoodStill) {
      still.forEach((line) => say(lineText(line).trim()));
      say('Type retry, waive, continue or stop; help says more.');
    }
    stoodStill = still !== undefined;
  };
  const sayStatus = (): void => {
    const {text, because} = waitingFor(state, now());
    say(because === undefined ? `${text}.` : `${text}: ${because}.`);
    say(`Regions: ${regionsText(state)}.`);
    stoodStill = false;
    sayStandstill();
  };

  const answer = (typed: string): void => {
    if (asking === undefined) return;
    const {question, settle} = asking;
    const outcome = answerFrom(question, typed);
    if ('answer' in outcome) settle(outcome.answer);
    else say(outcome.hint);
  };

  lines.on('line', (line) => {
    if (asking !== undefined) return answer(line);
    const typed = parseTyped(line);
    if ('command' in typed) steer?.(typed.command);
    else if ('mistake' in typed) say(typed.mistake);
    else if (typed.wish === 'stop') onInterrupt();
    else if (typed.wish === 'status') sayStatus();
    else linearHelp.forEach(say);
  });
  // Ctrl-D, or a terminal that went away: nothing can be typed from here on.
  lines.once('close', () => {
    if (closing) return;
    inputEnded = true;
    if (asking === undefined) {
      say('The input has ended: the run stops after the calls under way, and can be resumed.');
      onInterrupt();
    } else {
      say('The input has ended: that declines.');
      asking.settle({accepted: false, by: 'terminal'});
    }
  });

  return {
    opening: plain.opening,
    ...(plain.waiting === undefined ? {} : {waiting: plain.waiting}),

    publish(next, events) {
      state = next;
      plain.publish(next, events);
      sayStandstill();
    },

    steering(handler) {
      steer = handler;
    },

    async ask(question, signal) {
      if (inputEnded) return unanswerable(question);
      const {promise, resolve} = Promise.withResolvers<Answer>();
      const settle = (given: Answer): void => {
        if (asking?.question === question) asking = undefined;
        resolve(given);
      };
      asking = {question, settle};
      signal.addEventListener('abort', () => settle({accepted: false, by: 'nobody'}), {once: true});
      // A run's question is in its events. Other questions are in no event.
      if (question.kind === 'code') say(question.message);
      say(prompt(question));
      return promise;
    },

    async close(end) {
      closing = true;
      lines.close();
      await plain.close(end);
    },
  };
}
