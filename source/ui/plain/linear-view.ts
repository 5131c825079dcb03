import {initialState} from '../../engine/evolve/evolve.ts';
import type {RunState} from '../../engine/model/state.ts';
import type {Command} from '../../engine/decide/operator-commands.ts';
import {show} from '../../text/show.ts';
import {lineText} from '../../text/line.ts';
import {lineCommands, parseTyped} from './typed-command.ts';
import {createPlain} from './plain-view.ts';
import {withoutLayout} from './screen-reader-line.ts';
import {unanswerable} from '../question/unanswerable.ts';
import {askInLines} from './line-question.ts';
import type {Clock} from '../terminal/clock.ts';
import type {InputEvent} from '../terminal/input-event.ts';
import {Keyboard} from '../terminal/keyboard.ts';
import {standstill} from '../../wording/blocked-help.ts';
import {canBeResumed} from '../../wording/run-mode.ts';
import {regionsText} from '../../wording/run-summary.ts';
import type {StopWish, View} from '../view.ts';
import {waitingFor} from '../../wording/waiting.ts';

interface LinearOptions {
  readonly write: (text: string) => void;
  /** Writes a text as it is. */
  readonly echo: (text: string) => void;
  readonly stdin: NodeJS.ReadStream;
  /** The terminal marks pastes when asked to, and does not show that sequence. */
  readonly marksPastes: boolean;
  readonly clock: Clock;
  readonly onInterrupt: (why?: StopWish) => void;
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
export function createLinear(options: LinearOptions): View {
  const {write, echo, stdin, marksPastes, clock, onInterrupt, now, spoken} = options;
  const plain = createPlain({write, now, spoken});
  const keyboard = new Keyboard({stdin, clock, mark: marksPastes ? echo : undefined});
  let state: RunState = initialState;
  let typed = '';
  let steer: ((command: Command) => void) | undefined;
  let stoodStill = false;
  let closed = false;

  const say = (text: string): void => write(`${show(text)}\n`);
  const sayStandstill = (): void => {
    const still = standstill(state, unlimited);
    if (still !== undefined && !stoodStill) {
      still.forEach((line) => say(spoken ? withoutLayout(lineText(line)) : lineText(line).trim()));
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

  const obey = (line: string): void => {
    const meant = parseTyped(line);
    if ('command' in meant) steer?.(meant.command);
    else if ('mistake' in meant) say(meant.mistake);
    else if (meant.wish === 'stop') onInterrupt('stop');
    else if (meant.wish === 'hand-over') onInterrupt('hand-over');
    else if (meant.wish === 'status') sayStatus();
    else lineCommands.bindings.forEach(({shown, help}) => say(`${shown}: ${help}`));
  };
  const hear = (event: InputEvent): void => {
    if (event.kind === 'end') {
      const later = canBeResumed(state) ? ', and can be resumed' : '';
      say(`The input has ended: the run stops after the calls under way${later}.`);
      onInterrupt();
    } else if (event.kind === 'key' && event.name === 'enter') {
      const line = typed;
      typed = '';
      obey(line);
    } else if (event.kind === 'key') {
      typed += event.text ?? '';
    }
  };
  const takeCommands = (): void => {
    typed = '';
    keyboard.listen(hear);
    keyboard.start('lines');
  };
  takeCommands();

  return {
    opening: plain.opening,
    ...(plain.waiting === undefined ? {} : {waiting: plain.waiting}),

    askedFor(by) {
      if (by !== undefined) say(`${by}, asks for this run. Type hand-over to let that terminal go on.`);
    },

    publish(next, events) {
      state = next;
      plain.publish(next, events);
      sayStandstill();
    },

    steering(handler) {
      steer = handler;
    },

    async ask(question, signal) {
      if (stdin.readableEnded || stdin.destroyed) return unanswerable(question);
      // A run's question is in its events. Other questions are in no event.
      if (question.kind === 'code' || question.kind === 'second-run') say(question.message);
      keyboard.stop();
      const answer = await askInLines({keyboard, clock, echo, say, onInterrupt}, question, signal);
      if (!closed) takeCommands();
      return answer;
    },

    async close(end) {
      closed = true;
      keyboard.stop();
      await plain.close(end);
    },
  };
}
