import type {ConnectionOptions} from '../../aws/connection/connection.ts';
import type {GivenAnswers} from '../../cli/answer-options.ts';
import {exitCodes} from '../../cli/exit-codes.ts';
import {UsageError} from '../../cli/usage-error.ts';
import {defined} from '../../data/defined.ts';
import {accountLabel} from '../../fleet/account.ts';
import {evolveFleetAll} from '../../fleet/evolve.ts';
import type {Order} from '../order.ts';
import {undoOrder} from '../undo-run.ts';
import {accountConnection} from './account-connection.ts';
import {childFile, readFleet} from './fleet-journal.ts';

/** A fleet that is taken back, account by account. */
interface FleetUndo {
  readonly file: string;
  /** The only accounts to take back; every one when empty. */
  readonly only: readonly string[];
  readonly connection: ConnectionOptions;
  /** The change ticket that the undo belongs to. */
  readonly ticket?: string | undefined;
  readonly answers: GivenAnswers;
  readonly env: NodeJS.ProcessEnv;
  /** Says a line about an account. */
  readonly say: (line: string) => void;
  /** Sees the undo of one account to its end. Returns its exit code. */
  readonly undo: (order: Order) => Promise<number>;
}

/**
 * Takes back what the runs of a fleet changed: a run for each account, one after the other, each agreed to by itself. It
 * ends at an interruption. Returns the first exit code that is not 0. Throws {@link UsageError} and CorruptJournal.
 */
export async function undoFleet({
  file,
  only,
  connection,
  ticket,
  answers,
  env,
  say,
  undo,
}: FleetUndo): Promise<number> {
  const {started, accounts} = evolveFleetAll(readFleet(file).events);
  if (started === undefined) throw new UsageError(`${file} holds no fleet`);
  const stranger = only.find((id) => !accounts.has(id));
  if (stranger !== undefined) throw new UsageError(`the fleet has no account ${stranger}`);
  const {base, fleet, role, externalId} = started;
  const roles = {base, fleet, role, connection, ticket, ...defined({externalId})};
  let code: number = exitCodes.done;
  const begun = [...accounts.values()].filter(({run}) => run !== undefined);
  if (begun.length === 0) say(`fleet ${fleet} changed nothing: there is nothing to take back`);
  for (const {account, run} of begun) {
    if (run === undefined || (only.length > 0 && !only.includes(account.id))) continue;
    const given = {file: childFile(run, env), connection: accountConnection(roles, account), answers, env};
    try {
      // Throws where the run changed nothing, or was taken back already.
      const order = undoOrder(given);
      say(`${accountLabel(account)}: taking back run ${run}`);
      const ended = await undo(order);
      if (code === exitCodes.done) code = ended;
      if (ended === exitCodes.interrupted) return ended;
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      say(`${accountLabel(account)}: ${error.message}`);
    }
  }
  return code;
}
