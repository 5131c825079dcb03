import type {Arguments} from '../../cli/command.ts';
import type {Option} from '../../cli/option.ts';
import {UsageError} from '../../cli/usage-error.ts';
import {EngineClient} from '../../host/engine-client.ts';
import {NoEngine, type Engine} from '../../host/engine.ts';
import {exitCodes} from '../../cli/exit-codes.ts';
import {show} from '../../text/show.ts';
import {loadDatabaseSdk} from './engine-packages.ts';

/** The option that says where runs of a durable engine are. */
export const engineOption: Option = {
  name: 'engine',
  value: 'URL',
  help: 'the durable engine: the ingress of Restate (http://127.0.0.1:8080), or a database of PostgreSQL (postgres://127.0.0.1/handrail)',
};

/** Does something with the engine that is meant. Returns the exit code: it says in a line why an engine did not do its part. */
export async function withEngine(args: Arguments, use: (engine: Engine) => Promise<number>): Promise<number> {
  const engine = await engineAt(engineUrl(args));
  try {
    return await use(engine);
  } catch (error) {
    if (!(error instanceof NoEngine)) throw error;
    process.stderr.write(`handrail: ${show(error.message)}\n`);
    return exitCodes.failed;
  } finally {
    await engine.close();
  }
}

/** The address of the engine that is meant. Throws {@link UsageError} where none is. */
export function engineUrl(args: Arguments): string {
  const url = args.text('engine');
  if (url === undefined) throw new UsageError(`name the engine: --engine ${examples}`);
  if (isDatabase(url)) {
    if (URL.canParse(url) && new URL(url).pathname.length > 1) return url;
    // It may have a password, and is not repeated.
    throw new UsageError('--engine names no database: it takes postgres://HOST/DATABASE');
  }
  // What stands before an @ may be a password, and is not repeated.
  const shown = url.includes('@') ? 'what --engine says' : url;
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new UsageError(`${shown} is not the address of an engine, such as ${examples}`);
  }
  const {username, password} = new URL(url);
  if (username !== '' || password !== '') {
    throw new UsageError('--engine names a user, and the engine asks for none: leave it out, up to the @');
  }
  return url;
}

/** Returns whether an address is of a database of PostgreSQL. */
export function isDatabase(url: string): boolean {
  return /^postgres(?:ql)?:/i.test(url);
}

const examples = 'http://127.0.0.1:8080 or postgres://127.0.0.1/handrail';

async function engineAt(url: string): Promise<Engine> {
  if (!isDatabase(url)) return new EngineClient(url);
  const sdk = loadDatabaseSdk();
  const {DatabaseEngine} = await import('../../host/dbos/database-engine.ts');
  return new DatabaseEngine(sdk, url);
}
