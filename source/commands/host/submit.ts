import {defined} from '../../data/defined.ts';
import type {Json} from '../../data/json.ts';
import {answerOptions, answersFrom, inputOption} from '../../cli/answer-options.ts';
import {namedRegions} from '../../cli/aws-options.ts';
import type {Command} from '../../cli/command.ts';
import {exitCodes} from '../../cli/exit-codes.ts';
import {UsageError} from '../../cli/usage-error.ts';
import {NoEngine, type Engine} from '../../host/engine.ts';
import {newRunId} from '../../journal/folder.ts';
import {inputValues, maskedInputs, secretsAmong} from '../../runbook/inputs.ts';
import {inputSources} from '../../runs/answers/input-sources.ts';
import {gateOptions, gatesFrom} from '../../runs/gates/gate-options.ts';
import {findRunbook} from '../../runs/runbooks/find-runbook.ts';
import {show} from '../../text/show.ts';
import {engineOption, withEngine} from './engine-option.ts';
import {nameOption, operatorName} from './operator-name.ts';

export const submitCommand: Command = {
  name: 'submit',
  purpose: 'hand a runbook over to a durable engine; it needs no AWS keys here',
  usage: '<runbook name or file> --engine URL [options]',
  options: [
    engineOption,
    inputOption,
    {
      name: 'region',
      value: 'NAME',
      multiple: true,
      offers: 'regions',
      help: 'change something only in this Region; once for each',
    },
    {
      name: 'only-region',
      value: 'NAME',
      multiple: true,
      offers: 'regions',
      help: 'look only at this Region; the others stay unknown, at your risk',
    },
    ...answerOptions.filter(({name}) => name !== 'json'),
    {name: 'plan', help: 'look and show what would be changed; change nothing'},
    ...gateOptions,
    nameOption,
  ],
  async run(args) {
    const [name, extra] = args.positionals;
    if (name === undefined) throw new UsageError('name a runbook or its file');
    if (extra !== undefined) throw new UsageError(`one runbook at a time: ${extra} is too much`);
    const regions = namedRegions(args.texts('region'));
    const onlyRegions = namedRegions(args.texts('only-region'));
    if (regions.length > 0 && onlyRegions.length > 0) {
      throw new UsageError('give --region or --only-region, not both');
    }
    const {file, text, included, runbook} = findRunbook(name);
    const inputs = inputValues(runbook, args.texts('input'), inputSources(process.env));
    if (secretsAmong(inputs).length > 0) {
      throw new UsageError(
        `${runbook.name} takes a secret, and an engine would keep it in its log: use handrail run`,
      );
    }
    const {yes, confirm, waive, secondRun} = answersFrom(args);
    const run = newRunId(Date.now(), Math.random);
    return withEngine(args, async (engine) => {
      await engine.submit(run, {
        runbook: {file, text, included, name: runbook.name, title: runbook.title},
        inputs: maskedInputs(inputs) as Readonly<Record<string, Json>>,
        mode: args.flag('plan') ? 'plan' : 'live',
        regions,
        onlyRegions,
        ...defined({gates: gatesFrom(args)}),
        ...(secondRun === true ? {secondRun} : {}),
        answers: {yes, confirm, waive},
        by: operatorName(args),
      });
      return sayBegun(engine, run);
    });
  },
};

/** Time that a worker is given to find out all that a run needs (ms), and time between two looks. */
const patienceMs = 30_000;
const lookEveryMs = 200;

async function sayBegun(engine: Engine, run: string): Promise<number> {
  const attach = `handrail attach ${run} --engine ${engine.url}`;
  for (const end = Date.now() + patienceMs; Date.now() < end;) {
    const {at, refused} = await aboutOf(engine, run);
    if (refused !== undefined) {
      process.stderr.write(`handrail: run ${run} cannot begin: ${show(refused.message)}\n`);
      return refused.exitCode;
    }
    if (at !== undefined) {
      process.stdout.write(`Run ${run} has begun. See it and answer it with: ${attach}\n`);
      return exitCodes.done;
    }
    await new Promise((resolve) => setTimeout(resolve, lookEveryMs));
  }
  process.stdout.write(`The engine has run ${run}, and no worker has begun it yet. See it with: ${attach}\n`);
  return exitCodes.done;
}

/** How far a run is. No worker answers as long as none is alive, and the engine keeps the order. */
async function aboutOf(engine: Engine, run: string): ReturnType<Engine['about']> {
  try {
    return await engine.about(run);
  } catch (error) {
    if (!(error instanceof NoEngine)) throw error;
    return {};
  }
}
