import {FaultFileError, loadFaults} from '../simulator/fault-file.ts';
import {loadScenario, ScenarioError} from '../simulator/scenario/load.ts';
import {startSimulator} from '../simulator/server.ts';
import type {Arguments, Command} from '../cli/command.ts';
import {exitCodes} from '../cli/exit-codes.ts';
import {simulatedCredentials} from '../runs/simulated-credentials.ts';
import {UsageError} from '../cli/usage-error.ts';
import {defined} from '../data/defined.ts';

export const simulateCommand: Command = {
  name: 'simulate',
  purpose: 'run the simulated AWS alone, for any AWS client on this host',
  usage: '[scenario name or file] [options]',
  options: [
    {
      name: 'for',
      value: 'RUNBOOK',
      offers: 'files',
      help: 'answer for every service that this runbook calls, by a scenario file of its own; docs/language/rehearsing.md',
    },
    {
      name: 'from',
      value: 'RUN',
      offers: 'files',
      help: 'with --for: answer as AWS did in this run, by its id, latest or its journal file',
    },
    {name: 'print', help: 'with --from: print the scenario that is made of the run, and answer nothing'},
    {name: 'port', value: 'NUMBER', help: 'listen on this port; a free one when left out'},
    {name: 'speed', value: 'NUMBER', help: 'let simulated time pass this much faster; 1 when left out'},
    {
      name: 'faults',
      value: 'FILE',
      offers: 'files',
      help: 'let calls fail by the rules in this YAML file; docs/simulator.md shows them',
    },
    {name: 'strict', help: 'refuse requests that are not signed with the printed key for the right Region'},
  ],
  async run(args) {
    const [name, extra] = args.positionals;
    if (extra !== undefined) throw new UsageError(`one scenario at a time: ${extra} is too much`);
    const port = wholeNumberOf(args.text('port'), '--port', 65_535);
    const speed = numberOf(args.text('speed'), '--speed', 0.001, 100_000);
    const {accessKeyId, secretAccessKey} = simulatedCredentials;
    const faultFile = args.text('faults');
    const runbook = args.text('for');
    refuseMixture(args);
    const run = args.text('from');
    if (runbook !== undefined && run !== undefined && args.flag('print')) {
      const {scenarioFrom} = await import('./authoring/simulate-for.ts');
      process.stdout.write((await scenarioFrom(runbook, run)).text);
      return exitCodes.done;
    }
    const simulator = await listening(async () => {
      if (runbook !== undefined) {
        const {rehearse} = await import('./authoring/simulate-for.ts');
        return rehearse(runbook, defined({scenario: name, run}), port ?? 0);
      }
      return startSimulator(scenarioNamed(name ?? 'default'), {
        ...(faultFile === undefined ? {} : {faults: faultsIn(faultFile)}),
        ...(args.flag('strict') ? {strict: {keys: {[accessKeyId]: {secretAccessKey}}}} : {}),
        ...(port === undefined ? {} : {port}),
        ...(speed === undefined ? {} : {speed}),
      });
    });
    process.stdout.write(
      `export AWS_ENDPOINT_URL=${simulator.endpoint}\n` +
        `export AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=${accessKeyId} AWS_SECRET_ACCESS_KEY=${secretAccessKey}\n`,
    );
    const signal = await new Promise<string>((resolve) => {
      for (const one of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(one, () => resolve(one));
    });
    await simulator.close();
    return signal === 'SIGINT' ? exitCodes.interrupted : exitCodes.done;
  },
};

/** Throws UsageError where options do not go together. */
function refuseMixture(args: Arguments): void {
  const given = (option: string): boolean => args.text(option) !== undefined || args.flag(option);
  const other = ['speed', 'faults', 'strict'].find(given);
  if (given('for') && other !== undefined)
    throw new UsageError(`--${other} belongs to the simulated account, and not to --for`);
  if (given('from') && !given('for'))
    throw new UsageError('--from needs the runbook too: --for RUNBOOK --from RUN');
  if (given('print') && !given('from'))
    throw new UsageError('--print prints the scenario that --from makes of a run: name the run');
  const [scenario] = args.positionals;
  if (given('from') && scenario !== undefined)
    throw new UsageError(`the answers come from ${scenario} or from a run: leave out one of the two`);
  if (given('print') && given('port')) throw new UsageError('--print answers nothing: leave --port out');
}

/** Throws UsageError when the port cannot be had. */
async function listening<T>(start: () => Promise<T>): Promise<T> {
  try {
    return await start();
  } catch (error) {
    const {code, port} = error as {readonly code?: string; readonly port?: number};
    if (code === 'EADDRINUSE') {
      throw new UsageError(`port ${port} is in use; leave --port out for a free one`);
    }
    if (code === 'EACCES') {
      throw new UsageError(`port ${port} is for root only; leave --port out for a free one`);
    }
    throw error;
  }
}

function scenarioNamed(name: string): ReturnType<typeof loadScenario> {
  try {
    return loadScenario(name);
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    throw new UsageError(error.message);
  }
}

function faultsIn(file: string): ReturnType<typeof loadFaults> {
  try {
    return loadFaults(file);
  } catch (error) {
    if (!(error instanceof FaultFileError)) throw error;
    throw new UsageError(error.message);
  }
}

function wholeNumberOf(text: string | undefined, option: string, most: number): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d+$/.test(text) && Number(text) <= most) return Number(text);
  throw new UsageError(`${option} takes a whole number from 0 to ${most}, not ${text}`);
}

function numberOf(text: string | undefined, option: string, least: number, most: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() !== '' && value >= least && value <= most) return value;
  throw new UsageError(`${option} takes a number from ${least} to ${most}, not ${text}`);
}
