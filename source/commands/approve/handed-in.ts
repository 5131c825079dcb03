import {exitCodes} from '../../cli/exit-codes.ts';
import {isLocked} from '../../journal/lock.ts';
import type {Approval} from '../../runs/approvals/approval.ts';
import {fateOf, leave} from '../../runs/approvals/inbox.ts';
import {show} from '../../text/show.ts';

/** Time that a run is given to take an approval in (ms), and time between two looks. */
const patienceMs = 15_000;
const lookEveryMs = 100;

/** Leaves an approval for its run, and says what became of it. Returns the exit code. */
export async function handedIn(journal: string, approval: Approval): Promise<number> {
  const name = leave(journal, approval);
  for (const end = Date.now() + patienceMs; isLocked(journal) && Date.now() < end;) {
    const fate = fateOf(journal, name);
    if (fate === 'taken') {
      process.stdout.write(`The run took the approval of ${show(approval.by)}.\n`);
      return exitCodes.done;
    }
    if (fate !== 'waits') {
      process.stderr.write(`handrail: the run does not take the approval: ${show(fate.refused)}\n`);
      return exitCodes.needsOperator;
    }
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
  process.stdout.write('The approval is left beside the journal. The run takes it in when it goes on.\n');
  return exitCodes.done;
}
