import type {Event, RunQuestion} from '../engine/model/events.ts';
import type {Answer, AwsPort, CalendarAnswer, ClockPort} from '../engine/model/ports.ts';
import type {Program} from '../engine/model/program.ts';
import type {HostOrder, PresetAnswers} from './messages.ts';

/** A run cannot begin. The message says why, for the operator who submitted it. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly exitCode: number;

  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}

type RunStarted = Extract<Event, {type: 'run-started'}>;

/** What the process that has the credentials does for an engine's runs. */
export interface HostWorker {
  readonly clock: ClockPort;
  /** Finds out all that a run needs. Returns its first events. Throws {@link Refused}. */
  begin(run: string, order: HostOrder): Promise<readonly [RunStarted, ...Event[]]>;
  /** The program of a run that has begun: nothing of AWS is asked for it. */
  programOf(started: RunStarted, answers?: PresetAnswers & {readonly by: string}): Promise<Program>;
  /** Answers a question by what was given with the order; undefined where that does not. */
  presetAnswer(
    question: RunQuestion,
    answers: PresetAnswers & {readonly by: string},
  ): Promise<Answer | undefined>;
  /** Asks AWS about a change calendar. Never throws. */
  calendarState(started: RunStarted, calendar: string): Promise<CalendarAnswer>;
  /** The way to AWS for a run. Throws where the credentials are for another account. */
  awsFor(started: RunStarted): Promise<AwsPort>;
  /** Lets go of what was for a run: it is over, or does not begin. */
  over(run: string): void;
}
