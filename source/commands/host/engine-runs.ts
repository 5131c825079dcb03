import type {Arguments} from '../../cli/command.ts';
import {exitCodes} from '../../cli/exit-codes.ts';
import type {At, ListedRun} from '../../host/messages.ts';
import {show} from '../../text/show.ts';
import {lineWriter} from '../../ui/terminal/line-writer.ts';
import {withEngine} from './engine-option.ts';

type RunOfEngine = ListedRun & {readonly status: At['status']};

/** Writes the runs of an engine, the newest first. Returns the exit code. */
export async function writeEngineRuns(args: Arguments): Promise<number> {
  return withEngine(args, async (engine) => {
    const listed = await engine.runs();
    const runs = await Promise.all(
      listed.toReversed().map(async (run): Promise<RunOfEngine> => {
        const {at} = await engine.about(run.run);
        return {...run, status: at?.status ?? 'running'};
      }),
    );
    if (args.flag('json')) process.stdout.write(`${JSON.stringify(runs, undefined, 2)}\n`);
    else lineWriter(process.env)(runs.length === 0 ? 'no runs\n' : runs.map(lineOf).join(''));
    return exitCodes.done;
  });
}

function lineOf({run, status, account, by, title}: RunOfEngine): string {
  const words = status === 'asked' ? 'waits for an answer' : status;
  return `${[run, words.padEnd(19), account, show(by), show(title)].join('  ')}\n`;
}
