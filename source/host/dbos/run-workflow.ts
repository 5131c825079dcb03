import {begin, isOver, secondRun, type Begun} from '../begin.ts';
import type {KeptRuns} from '../kept-runs.ts';
import type {At, HostCall, HostOrder, ListsText, News} from '../messages.ts';
import type {WorkerCalls} from '../worker-calls.ts';
import type {HostWorker} from '../worker.ts';
import {names, type About, type Batch, type Dbos} from './sdk.ts';
import type {SoleWorker} from './sole-worker.ts';

/** Time between two looks for new credentials (ms). */
const renewalMs = 5000;

/** Time that a run waits for news where nothing else wakes it up (s). It then waits again. */
const longWait = 24 * 60 * 60;

/** A workflow that was cut off is taken up again however often that happens. */
const maxRecoveryAttempts = 1_000_000_000;

/** What the workflows of a worker need. */
export interface WorkflowParts {
  readonly worker: HostWorker;
  readonly kept: KeptRuns;
  readonly calls: WorkerCalls;
  readonly sole: Pick<SoleWorker, 'claimed' | 'letGo'>;
  /** Receives a line about trouble that is tried again. */
  readonly trouble: (line: string) => void;
  /** Ends this process. The next one takes the workflow up from its last step. */
  readonly fail: (reason: string) => void;
}

/**
 * Registers the workflows: one for a run, one for each of its calls. The database keeps the result of each step. A
 * workflow that was cut off is played again from these results, so that what it does must follow from them alone.
 */
export function registerWorkflows({DBOS, Error: errors}: Dbos, parts: WorkflowParts): void {
  const {worker, kept, calls, sole, trouble, fail} = parts;

  const step = <T>(name: string, action: () => T | Promise<T>): Promise<T> =>
    DBOS.runStep(() => untilDone(action, trouble), {name});

  /** The SDK would keep a workflow that throws as one that has failed for ever. */
  const registered = <A>(name: string, workflow: (run: string, order: A) => Promise<void>) =>
    DBOS.registerWorkflow(
      async (order: A): Promise<void> => {
        const id = DBOS.workflowID ?? '';
        try {
          await workflow(id, order);
        } catch (error) {
          const {DBOSWorkflowConflictError, DBOSWorkflowCancelledError} = errors;
          if (error instanceof DBOSWorkflowConflictError || error instanceof DBOSWorkflowCancelledError)
            throw error;
          fail(`${id}: ${reasonOf(error)}`);
          await new Promise(() => {});
        }
      },
      {name, maxRecoveryAttempts},
    );

  const tell = (run: string, news: News): Promise<void> => DBOS.send(run, news, names.news);

  const call = registered<HostCall>(names.call, async (id, one) => {
    const {action, run} = one;
    const once = action.intent.once === true;
    // The claim is in the database before the call is sent.
    const claimedBy = once ? await step('claim', () => calls.me) : calls.me;
    const outcome = await step('call', () => calls.outcomeOf(id, one, claimedBy));
    await tell(run, {kind: 'outcome', action, outcome});
  });

  const renewal = registered<string>(names.renewal, async (_id, run) => {
    await DBOS.sleep(renewalMs);
    await tell(run, await step('renew', () => calls.renewed(run)));
  });

  /** The next news. A run that waited long enough is news to itself. */
  const newsFor = async ({wakeAt}: At): Promise<News> => {
    for (;;) {
      const timeoutSeconds = wakeAt === undefined ? longWait : Math.max(1, wakeAt - Date.now()) / 1000;
      const news = await DBOS.recv<News>(names.news, {timeoutSeconds});
      if (news !== null) return news;
      if (wakeAt !== undefined) return {kind: 'wake', at: wakeAt};
    }
  };

  const say = (about: About): Promise<void> => DBOS.setEvent(names.about, about);
  const keep = (batch: Batch): Promise<void> => DBOS.writeStream(names.batches, batch);

  registered<HostOrder>(names.run, async (run, order) => {
    const begun = await step<Begun>('begin', () => begin(worker, kept, run, order));
    if ('refused' in begun) return say(begun);
    const {claim, listed, events} = begun;
    const other = claim === null ? null : await step('claim', () => sole.claimed(claim));
    if (other !== null) {
      kept.over(run);
      return say({refused: secondRun(other)});
    }
    let at: At = claim === null ? begun.at : {...begun.at, holds: claim.key};
    let lists: ListsText = [];
    await keep({at, events});
    await say({at, listed});

    for (let news: News = {kind: 'begun'}; ; news = await newsFor(at)) {
      const [before, arrived] = [at, news];
      const next = await step('turn', () => kept.turn(run, before, lists, arrived));
      ({at, lists} = next);
      const over = isOver(at);
      // Before the end shows: who sees it can begin the next run.
      if (over && at.holds !== undefined) await step('let go', () => sole.letGo(run));
      if (next.events.length > 0) await keep({at, events: next.events});
      if (at.status !== before.status) await say({at, listed});
      for (const one of next.calls) await DBOS.startWorkflow(call)({run, ...one});
      if (over) return;
      if (next.renew) await DBOS.startWorkflow(renewal)(run);
    }
  });
}

/** Does something again until nothing is in its way. */
async function untilDone<T>(action: () => T | Promise<T>, trouble: (line: string) => void): Promise<T> {
  for (let wait = 100; ; wait = Math.min(1000, wait * 2)) {
    try {
      return await action();
    } catch (error) {
      trouble(reasonOf(error));
    }
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
