import type {Question} from '../../engine/model/events.ts';
import type {Answer} from '../../engine/model/ports.ts';
import {width} from '../../text/width.ts';
import {quiet} from '../question/question-gate.ts';
import {leaving} from '../question/question-lines.ts';
import {noReply, type Reply} from '../question/reply.ts';
import type {Clock} from '../terminal/clock.ts';
import type {InputEvent} from '../terminal/input-event.ts';
import type {Keyboard} from '../terminal/keyboard.ts';
import {answerFrom, edited, prompt} from './typed-answer.ts';

/** Time after Enter in which nothing else may come (ms): lines that follow at once were pasted. */
const alone = 100;

/** The terminal that a question is asked on. */
export interface LinePlace {
  readonly keyboard: Keyboard;
  readonly clock: Clock;
  /** Writes a text as it is: the echo of typed keys. */
  readonly echo: (text: string) => void;
  /** Writes a line. */
  readonly say: (text: string) => void;
  readonly onInterrupt: () => void;
}

/**
 * Asks below the lines of the run, whose question is already said. The prompt comes after a moment without keys. Keys
 * mean the same as on the screen.
 */
export async function askInLines(place: LinePlace, question: Question, signal: AbortSignal): Promise<Answer> {
  const {promise, resolve} = Promise.withResolvers<Answer>();
  const withdraw = (): void => resolve({accepted: false, by: 'nobody'});
  if (signal.aborted) withdraw();
  signal.addEventListener('abort', withdraw, {once: true});
  const line = new QuestionLine(place, question, resolve);
  const answer = await promise;
  signal.removeEventListener('abort', withdraw);
  line.close();
  return answer;
}

class QuestionLine {
  readonly #place: LinePlace;
  readonly #question: Question;
  readonly #answer: (answer: Answer) => void;
  #reply: Reply = noReply;
  /** The prompt has been written. */
  #prompted = false;
  /** Keys came before the prompt. */
  #wasEarly = false;
  #lastKeyAt: number;
  /** Enter was pressed, and the moment after it is not over. */
  #sent = false;
  /** Something came in that moment. */
  #followed = false;
  /** Ctrl-Z was pressed, and the terminal is not yet taken back. */
  #away = false;
  #forget: () => void;

  constructor(place: LinePlace, question: Question, answer: (answer: Answer) => void) {
    this.#place = place;
    this.#question = question;
    this.#answer = answer;
    this.#lastKeyAt = place.clock.now();
    place.keyboard.start('keys');
    place.keyboard.listen(this.#hear);
    process.on('SIGCONT', this.#continued);
    this.#forget = place.clock.after(quiet, this.#settle);
  }

  close(): void {
    this.#forget();
    process.off('SIGCONT', this.#continued);
    this.#place.keyboard.stop();
  }

  /** Writes the prompt once no key has come for a moment. */
  readonly #settle = (): void => {
    const {clock, say} = this.#place;
    const left = this.#lastKeyAt + quiet - clock.now();
    if (left > 0) {
      this.#forget = clock.after(left, this.#settle);
      return;
    }
    // Keys that a busy process has not read yet are read before this.
    this.#forget = clock.after(1, () => {
      if (this.#lastKeyAt + quiet > clock.now()) return this.#settle();
      this.#prompted = true;
      if (this.#wasEarly) say('What was typed before this line is left out.');
      say(prompt(this.#question));
    });
  };

  readonly #hear = (event: InputEvent): void => {
    const {clock, onInterrupt} = this.#place;
    if (event.kind === 'end') return this.#decline('The input has ended: that declines.');
    if (event.kind !== 'key' && event.kind !== 'paste') return;
    const name = event.kind === 'key' ? event.name : '';
    if (name === 'ctrl-c') return onInterrupt();
    if (name === 'ctrl-z') return this.#suspend();
    if (!this.#prompted) {
      this.#wasEarly = true;
      this.#lastKeyAt = clock.now();
      return;
    }
    if (this.#sent || name === 'enter') return this.#submit();
    if (name === 'ctrl-d') return this.#decline('Declined by Ctrl-D.');
    const outcome = edited(this.#question, this.#reply, event);
    if ('answer' in outcome) return this.#answered(outcome.answer);
    this.#become(outcome);
  };

  #submit(): void {
    this.#followed = this.#sent;
    this.#sent = true;
    this.#forget();
    this.#forget = this.#place.clock.after(alone, () => {
      this.#sent = false;
      if (!this.#followed) return this.#send();
      this.#again('Several lines came at once: none of them answers. Type the answer alone.');
    });
  }

  #send(): void {
    const outcome = answerFrom(this.#question, this.#reply);
    if ('answer' in outcome) this.#answered(outcome.answer);
    else this.#again(outcome.hint);
  }

  #again(hint: string): void {
    const {echo, say} = this.#place;
    if (this.#reply.typed !== '') echo('\n');
    this.#reply = noReply;
    say(`${hint} ${prompt(this.#question)}`);
  }

  #answered(answer: Answer): void {
    this.#place.echo('\n');
    this.#answer(answer);
  }

  #decline(why: string): void {
    if (this.#reply.typed !== '') this.#place.echo('\n');
    this.#place.say(why);
    this.#answer({accepted: false, by: 'terminal'});
  }

  /** Redraws the typed text after a key. */
  #become(next: Reply): void {
    const {echo, say} = this.#place;
    const {typed, leaving: wasLeaving} = this.#reply;
    this.#reply = next;
    if (next.leaving !== wasLeaving) {
      echo('\n');
      say(next.leaving ? `${leaving.question} ${leaving.keys}` : prompt(this.#question));
      echo(next.leaving ? '' : next.typed);
    } else if (next.hint !== undefined) {
      echo('\n');
      say(next.hint);
      echo(next.typed);
    } else if (next.typed.startsWith(typed)) {
      echo(next.typed.slice(typed.length));
    } else {
      echo('\b \b'.repeat(width(typed) - width(next.typed)));
    }
  }

  #suspend(): void {
    this.#away = true;
    this.#place.keyboard.stop();
    // The whole group, as the terminal does. An orphaned group is not stopped.
    process.kill(0, 'SIGTSTP');
    setImmediate(() => {
      this.#takeBack();
      // The SIGCONT that this process caused is still to arrive.
      setImmediate(() => (this.#away = false));
    });
  }

  /** Another program stopped and continued the process. */
  readonly #continued = (): void => {
    if (!this.#away) this.#takeBack();
  };

  /** Takes the terminal from the state that the shell left. */
  #takeBack(): void {
    const {keyboard, echo} = this.#place;
    keyboard.stop();
    keyboard.start('keys');
    echo(this.#reply.typed);
  }
}
