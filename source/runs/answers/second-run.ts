import {capital} from '../../text/capital.ts';
import {evolveAll, initialState} from '../../engine/evolve/evolve.ts';
import type {StepOutline} from '../../engine/model/events.ts';
import type {Answer, OperatorPort} from '../../engine/model/ports.ts';
import type {RunState} from '../../engine/model/state.ts';
import {runFile, runIds} from '../../journal/find-run.ts';
import {accountInRunId} from '../../journal/folder.ts';
import {holderOf, isLocked} from '../../journal/lock.ts';
import {CorruptJournal, readJournal} from '../../journal/read.ts';
import type {GivenAnswers} from '../../cli/answer-options.ts';
import {accountText, shortCaller} from '../../wording/fault-text.ts';
import {operatorWith} from './preset-answers.ts';
import {progressOf} from '../list-runs.ts';

/** Another run works on the account, and nobody wanted a second one. The message says how to go on. */
export class SecondRun extends Error {
  override readonly name = 'SecondRun';
}

/** A run that is about to make changes. */
type Begun = Pick<NonNullable<RunState['started']>, 'identity' | 'mode'> & {
  readonly endpoint?: string | undefined;
  readonly steps: readonly StepOutline[];
};

interface Asking {
  readonly env: NodeJS.ProcessEnv;
  readonly given: GivenAnswers;
  readonly view: OperatorPort;
  readonly signal: AbortSignal;
  /** The journal of this run, where it has one already. */
  readonly own?: string;
}

/**
 * Asks before a second run makes changes in an account that another process works on: each would see, and might undo,
 * what the other does. Runs that change nothing are let through. Throws {@link SecondRun}.
 */
export async function refuseSecondRun(begun: Begun, {env, given, view, signal, own}: Asking): Promise<void> {
  if (!mayChange(begun)) return;
  const [other] = othersOn(begun, env, own);
  if (other === undefined) return;
  const {id, file, state} = other;
  const {account} = begun.identity;
  const holder = await holderOf(file);
  const works = `another run works on account ${accountText(begun.identity)}`;
  const where = [
    `${state.started?.runbook.title}, ${progressOf(state)}`,
    ...(holder === undefined ? [] : [holder]),
  ];
  const answer: Answer = await operatorWith(given, view, shortCaller(begun.identity)).ask(
    {
      kind: 'second-run',
      message:
        `Start a second run? ${capital(works)}: ${where.join(', ')}.\n` +
        `Each of them may undo what the other does. To watch that one instead, decline and type: handrail watch ${id}`,
      typeToConfirm: account,
      changes: [],
    },
    signal,
  );
  if (answer.accepted) return;
  const option = answer.missing === undefined ? '' : `; ${answer.missing} starts a second one all the same`;
  throw new SecondRun(`${works}: ${where.join(', ')}; watch it with: handrail watch ${id}${option}`);
}

function mayChange({mode, steps}: Begun): boolean {
  return mode === 'live' && steps.some(({does}) => does === 'change');
}

interface OtherRun {
  readonly id: string;
  readonly file: string;
  readonly state: RunState;
}

/** The runs of other processes that may change something in the same account, the newest first. */
function othersOn({identity, endpoint}: Begun, env: NodeJS.ProcessEnv, own?: string): readonly OtherRun[] {
  // Each account of a fleet comes by here: the files of the others are not even looked at.
  const held = runIds(env, (id) => (accountInRunId(id) ?? identity.account) === identity.account)
    .map((id) => ({id, file: runFile(id, env)}))
    .filter(({file}) => file !== own && isLocked(file));
  return held
    .flatMap(({id, file}) => {
      const state = stateOf(file);
      const {started} = state;
      const same = started?.identity.account === identity.account && started.endpoint === endpoint;
      return started !== undefined && same && mayChange({...started, steps: state.steps})
        ? [{id, file, state}]
        : [];
    })
    .toReversed();
}

function stateOf(file: string): RunState {
  try {
    return evolveAll(initialState, readJournal(file).events);
  } catch (error) {
    if (error instanceof CorruptJournal) return initialState;
    throw error;
  }
}
