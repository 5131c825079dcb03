import type {Arguments} from '../../cli/command.ts';
import type {Option} from '../../cli/option.ts';
import {UsageError} from '../../cli/usage-error.ts';
import {EngineClient, NoEngine} from '../../host/engine-client.ts';
import {exitCodes} from '../../cli/exit-codes.ts';
import {show} from '../../text/show.ts';

/** The option that says where runs of a durable engine are. */
export const engineOption: Option = {
  name: 'engine',
  value: 'URL',
  help: 'the ingress of the durable engine, such as http://127.0.0.1:8080',
};

/** The engine that is meant. Throws {@link UsageError} where none is. */
export function engineFrom(args: Arguments): EngineClient {
  const url = args.text('engine');
  if (url === undefined) throw new UsageError('name the engine: --engine http://127.0.0.1:8080');
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) {
    throw new UsageError(`${url} is not the address of an engine, such as http://127.0.0.1:8080`);
  }
  return new EngineClient(url);
}

/** Says in a line why an engine did not do what it was asked to, and returns the exit code. Throws any other error again. */
export function sayNoEngine(error: unknown): number {
  if (!(error instanceof NoEngine)) throw error;
  process.stderr.write(`handrail: ${show(error.message)}\n`);
  return exitCodes.failed;
}
