import {join} from 'node:path';
import {awsPort} from '../../../source/aws/call/aws-port.ts';
import {Connection} from '../../../source/aws/connection/connection.ts';
import {ledHere} from './led-here.ts';
import {environmentOf, makeHome} from './places.ts';
import type {Recorder} from './recorder.ts';
import type {Row} from './row.ts';

/** What comes of every row with Handrail: requests, or the fault that it names. One after the other, as each has an environment. */
export async function askHandrail(rows: readonly Row[], recorder: Recorder): Promise<readonly string[][]> {
  const home = makeHome();
  const results: string[][] = [];
  for (const [index, row] of rows.entries()) {
    const name = `handrail-${index}`;
    const fault = await inEnvironment(environmentOf(row, name, home, recorder), () =>
      ledHere(recorder.standIns, () => asked(row)),
    );
    results.push([
      ...recorder.requests(name),
      ...(fault === undefined
        ? []
        : [`fails: ${fault.replaceAll(join(home, name), '…').replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1')}`]),
    ]);
  }
  return results;
}

async function asked({profile, role, operation}: Row): Promise<string | undefined> {
  const connection = new Connection({
    env: process.env,
    ...(profile === undefined ? {} : {profile}),
    ...(role === undefined ? {} : {role}),
  });
  const input = operation === 'ssm:GetParametersByPath' ? {Path: '/aws'} : {};
  const outcome = await awsPort(connection).call({operation, input}, new AbortController().signal);
  connection.close();
  return outcome.ok ? undefined : `${outcome.fault.name}: ${outcome.fault.message}`;
}

/** Runs in an environment, of which the SDK reads more than it is given. */
async function inEnvironment<T>(env: NodeJS.ProcessEnv, work: () => Promise<T>): Promise<T> {
  const before = {...process.env};
  replaceEnvironment(env);
  try {
    return await work();
  } finally {
    replaceEnvironment(before);
  }
}

function replaceEnvironment(env: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env);
}
