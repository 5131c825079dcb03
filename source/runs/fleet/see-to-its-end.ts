import {NoRegions} from '../../aws/preflight/regions.ts';
import {UsageError} from '../../cli/usage-error.ts';
import {initialState} from '../../engine/evolve/evolve.ts';
import type {AskFleet} from '../../fleet/run.ts';
import type {Account} from '../../fleet/account.ts';
import {JournalError} from '../../journal/journal-error.ts';
import type {View} from '../../ui/view.ts';
import type {Closing} from '../../wording/run-summary.ts';
import {SecondRun} from '../answers/second-run.ts';
import {NoSession} from '../aws-session.ts';
import {drive, type Drive, type Surroundings} from '../drive-run.ts';
import type {OpenRun} from '../start-run.ts';
import type {ChildSetup} from './child-setup.ts';

/** What keeps an account's run from beginning or going on. */
type Refusal = {readonly refused: Error};

/** How a run was left. */
export interface Left extends Closing {
  /** AWS let nobody into its account any more. */
  readonly shut?: true;
  /** The operator stopped this run alone. */
  readonly stopped?: true;
}

/** A run of an account, and what becomes of its parts. */
interface Seeing {
  readonly open: (around: Surroundings) => Promise<OpenRun>;
  readonly ask?: AskFleet;
  /** Sees to the connection of a run that was left; it is closed where this is absent. */
  readonly left?: (closing: Closing, run: OpenRun) => void;
}

/** Opens a run, drives it, and returns how it was left. */
export async function seenToItsEnd(
  setup: ChildSetup,
  account: Account,
  {open, ask, left = (_closing, {disconnect}) => disconnect()}: Seeing,
): Promise<Left | Refusal> {
  let closing: Closing = {state: initialState};
  const stopped = new AbortController();
  const {steered} = setup;
  const view: View = {
    opening: () => undefined,
    publish: (state, events) => setup.published(account, state, events),
    ask: async (question) => {
      if (ask !== undefined && 'step' in question) return ask(question);
      return {accepted: false, by: 'the fleet', missing: `handrail run in account ${account.id}`};
    },
    close: async (last) => {
      closing = last;
    },
    // A look changes nothing: it ends by itself, whatever it could not look at.
    ...(ask === undefined || steered === undefined
      ? {}
      : {steering: (command) => steered(account, {command, stop: () => stopped.abort('S')})}),
  };
  const shut = new AbortController();
  // Signals of its own: what listens to them is forgotten with the run.
  const {gently, atOnce} = setup.surroundings.stopper.interruption;
  const interruption = {
    gently: AbortSignal.any([gently, shut.signal, stopped.signal]),
    atOnce: AbortSignal.any([atOnce]),
  };
  const stopper = {...setup.surroundings.stopper, interruption};
  const around: Surroundings = {...setup.surroundings, stopper, view};
  try {
    const opened = await open(around);
    try {
      await drive(untilShut(opened.setup, shut), around);
      if (gently.aborted || closing.state.ended !== undefined) return closing;
      if (shut.signal.aborted) return {...closing, error: String(shut.signal.reason), shut: true};
      return stopped.signal.aborted ? {...closing, stopped: true} : closing;
    } finally {
      opened.unlock();
      left(closing, opened);
      // A connection that is kept for later knows this view, and would keep the run's state too.
      closing = {state: initialState};
    }
  } catch (error) {
    if (gently.aborted) return {state: initialState};
    const expected = [NoSession, NoRegions, JournalError, UsageError, SecondRun].some(
      (kind) => error instanceof kind,
    );
    if (expected && error instanceof Error) return {refused: error};
    throw error;
  }
}

/** Looks for a new session that were all refused before an account counts as shut. */
const refusalsOfShut = 3;

/** A run that is left, and can be gone on with, once AWS lets nobody into its account any more. */
function untilShut(drive: Drive, shut: AbortController): Drive {
  const {aws} = drive.session;
  let refused = 0;
  return {
    ...drive,
    session: {
      ...drive.session,
      aws: {
        call: (request, signal) => aws.call(request, signal),
        renew: async (signal) => {
          const renewal = await aws.renew(signal);
          refused = !renewal.works && renewal.shut === true ? refused + 1 : 0;
          if (!renewal.works && refused >= refusalsOfShut) {
            shut.abort(`its session ended, and it could not be entered again: ${renewal.why}`);
          }
          return renewal;
        },
      },
    },
  };
}
