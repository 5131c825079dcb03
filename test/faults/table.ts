import {readFileSync} from 'node:fs';
import {Connection} from '../../source/aws/connection/connection.ts';
import {awsPort} from '../../source/aws/call/aws-port.ts';
import type {OperationModel} from '../../source/runbook/operation.ts';
import {loadScenario} from '../../source/simulator/scenario/load.ts';
import {startSimulator} from '../../source/simulator/server.ts';
import {faultClasses, type FaultClass} from './fault-classes.ts';
import {play} from './play.ts';
import {canMeet, shippedOperations} from './shipped-operations.ts';

/** Where the tables are kept. */
export const tableFile = new URL('../../docs/faults.md', import.meta.url).pathname;

/** The table of what each failure is taken for: made by letting a call fail so. */
export async function classTable(): Promise<string> {
  const rows: string[] = [];
  for (const one of faultClasses) {
    const simulator = await startSimulator(loadScenario('clean'), {
      faults: [{operation: 'ListImagePipelines', always: true, fault: one.fault}],
    });
    const connection = new Connection({
      endpoint: simulator.endpoint,
      credentials: {accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'a-secret'},
      answerTimeoutMs: one.kind === 'timeout' ? 100 : 60_000,
    });
    const outcome = await awsPort(connection).call(
      {operation: 'imagebuilder:ListImagePipelines', region: 'eu-west-1', input: {}},
      new AbortController().signal,
    );
    connection.close();
    await simulator.close();
    const fault = outcome.ok ? undefined : outcome.fault;
    rows.push(`| \`${one.fault}\` | ${one.wire} | ${fault?.kind ?? 'success'} | ${fault?.remedy ?? '–'} |`);
  }
  return ['| Fault | On the wire | Kind | Remedy |', '|---|---|---|---|', ...rows].join('\n');
}

/** How many runs are played at the same time. */
const atOnce = 6;

/** The table of how a run ends in which an operation always fails so. Minutes of work. */
export async function endingTable(): Promise<string> {
  const operations = await shippedOperations();
  const cells = new Map<string, string>();
  const pairs = operations.flatMap((model) => faultClasses.map((one) => ({model, one})));
  const next = async (): Promise<void> => {
    for (let pair = pairs.shift(); pair !== undefined; pair = pairs.shift()) {
      const {model, one} = pair;
      cells.set(cellKey(model, one), canMeet(model, one) ? (await play(model, one)).ending : '–');
    }
  };
  await Promise.all(Array.from({length: atOnce}, next));
  const heading = `| Fault | ${operations.map(({operation}) => operation).join(' | ')} |`;
  const rows = faultClasses.map((one) => {
    const row = operations.map((model) => cells.get(cellKey(model, one)) ?? '');
    return `| \`${one.fault}\` | ${row.join(' | ')} |`;
  });
  return [heading, `|---|${operations.map(() => '---|').join('')}`, ...rows].join('\n');
}

function cellKey({operation}: OperationModel, {fault}: FaultClass): string {
  return `${operation} ${fault}`;
}

/** How a run ends, by the table that is kept in the docs. */
export function written({operation}: OperationModel, {fault}: FaultClass): string | undefined {
  const lines = readFileSync(tableFile, 'utf8')
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()));
  const heading = lines.find((cells) => cells[1] === 'Fault' && cells.includes(operation));
  const row = lines.findLast((cells) => cells[1] === `\`${fault}\``);
  return row?.[heading?.indexOf(operation) ?? -1];
}
