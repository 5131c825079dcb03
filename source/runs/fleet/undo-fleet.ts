import type {ConnectionOptions} from '../../aws/connection/connection.ts';
import type {GivenAnswers} from '../../cli/answer-options.ts';
import {exitCodes} from '../../cli/exit-codes.ts';
import {UsageError} from '../../cli/usage-error.ts';
import {defined} from '../../data/defined.ts';
import {accountLabel, type Account} from '../../fleet/account.ts';
import {evolveFleetAll} from '../../fleet/evolve.ts';
import type {Order} from '../order.ts';
import {NothingToUndo, undoOrder, type UndoOrder} from '../undo-run.ts';
import {accountConnection} from './account-connection.ts';
import {childFile, readFleet} from './fleet-journal.ts';

/** A fleet that is taken back, account by account. */
interface FleetUndo {
  readonly file: string;
  /** The only accounts to take back, by id or name; every one when empty. */
  readonly only: readonly string[];
  readonly connection: ConnectionOptions;
  /** The change ticket that the undo belongs to. */
  readonly ticket?: string | undefined;
  readonly answers: GivenAnswers;
  readonly env: NodeJS.ProcessEnv;
  /** Says a line about an account. */
  readonly say: (line: string) => void;
  /** Sees the undo of one account to its end; `again` is the command that tries it again. Returns its exit code. */
  readonly undo: (order: Order, again: string) => Promise<number>;
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
  const rows = [...accounts.values()];
  const isMeant = ({id, name}: Account): boolean =>
    only.length === 0 || only.includes(id) || (name !== undefined && only.includes(name));
  const stranger = only.find((one) => !rows.some(({account: {id, name}}) => one === id || one === name));
  if (stranger !== undefined) throw new UsageError(`the fleet has no account ${stranger}`);
  const {base, fleet, role, externalId} = started;
  const roles = {base, fleet, role, connection, ticket, ...defined({externalId})};
  let code: number = exitCodes.done;
  const begun = rows.filter(({account, run}) => run !== undefined && isMeant(account));
  if (begun.length === 0) {
    const where = only.length === 0 ? '' : ` in ${only.join(', ')}`;
    say(`fleet ${fleet} changed nothing${where}: there is nothing to take back`);
  } else if (started.simulation === true) {
    throw new UsageError(`fleet ${fleet} was a demo, and its simulated AWS is gone`);
  }
  for (const {account, run} of begun) {
    if (run === undefined) continue;
    const given = {file: childFile(run, env), connection: accountConnection(roles, account), answers, env};
    const order = orderOf(given, (why) => say(`${accountLabel(account)}: ${why}`));
    if (order === undefined) continue;
    say(`${accountLabel(account)}: taking back run ${run}`);
    // A refusal is that of all accounts: it ends here.
    const ended = await undo(order, `handrail fleet undo ${fleet} --only ${account.id}`);
    if (code === exitCodes.done) code = ended;
    if (ended === exitCodes.interrupted) return ended;
  }
  return code;
}

/** The run that takes a run back; undefined where there is nothing to take back, which is said. */
function orderOf(given: UndoOrder, say: (why: string) => void): Order | undefined {
  try {
    return undoOrder(given);
  } catch (error) {
    if (!(error instanceof NothingToUndo)) throw error;
    say(error.message);
    return undefined;
  }
}
