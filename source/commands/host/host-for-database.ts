import {exitCodes} from '../../cli/exit-codes.ts';
import {show} from '../../text/show.ts';
import {loadDatabaseSdk} from './engine-packages.ts';
import {untilStopped, type WorkerOrder} from './worker-order.ts';

/** Works for a database until an operator stops it, or until it can work no more. Returns the exit code. */
export async function workForDatabase({address, connection, trouble}: WorkerOrder): Promise<number> {
  const sdk = loadDatabaseSdk();
  const [{workFor}, {reasonOf, withoutPassword}, {hostWorker}] = await Promise.all([
    import('../../host/dbos/serve.ts'),
    import('../../host/dbos/database-engine.ts'),
    import('../../runs/host/host-worker.ts'),
  ]);
  const place = show(withoutPassword(address));
  try {
    const {failed} = await workFor(sdk, hostWorker(connection), {
      address,
      trouble,
      waits: () =>
        process.stdout.write(
          `Another worker works for ${place}. This one waits, and takes over when it is gone.\n`,
        ),
    });
    process.stdout.write(`A worker works for ${place}.\n`);
    const reason = await Promise.race([failed, untilStopped()]);
    if (reason === undefined) return exitCodes.done;
    process.stderr.write(
      `handrail: this worker stops: ${show(reason)}. The next one takes its runs up: start it again\n`,
    );
  } catch (error) {
    process.stderr.write(`handrail: no worker for ${place}: ${show(reasonOf(error))}\n`);
  }
  return exitCodes.failed;
}
