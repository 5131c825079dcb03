#!/usr/bin/env node
import {isInteractive} from './ui/choose-view.ts';
import {applyDefaults} from './cli/config/apply-defaults.ts';
import {surviveCrash} from './cli/crash.ts';
import {exitCodes} from './cli/exit-codes.ts';
import {surviveLostOutput} from './cli/lost-output.ts';

surviveLostOutput();
surviveCrash(process.env);
const typed = process.argv.slice(2);
process.exitCode = (await applyDefaults(process.env, typed)) ?? (await runTyped());

async function runTyped(): Promise<number> {
  const argv = typed.length === 0 && isInteractive(process.env) ? await chosenAtHome() : typed;
  return argv === undefined ? exitCodes.done : runCommand(argv);
}

async function chosenAtHome(): Promise<readonly string[] | undefined> {
  const {chooseCommand} = await import('./commands/home/home.ts');
  return chooseCommand(process.env);
}

async function runCommand(words: readonly string[]): Promise<number> {
  const [{commandTable}, {dispatch}] = await Promise.all([
    import('./commands/command-table.ts'),
    import('./cli/dispatch.ts'),
  ]);
  return dispatch(commandTable, words);
}
