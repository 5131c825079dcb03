import type {Command, CommandEntry} from '../cli/command.ts';
import {exitCodes} from '../cli/exit-codes.ts';
import {libraryRunbooks, shippedRunbooks} from '../runs/runbooks/shipped-files.ts';
import {UsageError} from '../cli/usage-error.ts';

/** Makes the command that completes these commands. */
export function completionCommand(table: readonly CommandEntry[]): Command {
  return {
    name: 'completion',
    purpose: 'print a script that completes commands, options, runbooks and runs in your shell',
    usage: '<bash, zsh or fish>',
    options: [],
    async run(args) {
      const [shell, extra] = args.positionals;
      if (shell === 'inputs') return offerInputs(args.positionals.slice(1));
      if (shell === undefined || extra !== undefined)
        throw new UsageError('name one shell: bash, zsh or fish');
      const script = await scriptFor(shell, table);
      if (script === undefined)
        throw new UsageError(`there is no completion for ${shell}; there is for: bash, zsh, fish`);
      process.stdout.write(script);
      return exitCodes.done;
    },
  };
}

async function scriptFor(shell: string, table: readonly CommandEntry[]): Promise<string | undefined> {
  const {wordsOf} = await import('../cli/completion/words.ts');
  const commands = await Promise.all(table.map((entry) => entry.load()));
  const {shippedRegions} = await import('../aws/preflight/shipped-regions.ts');
  const {shippedInputs} = await import('./runbooks/offered-inputs.ts');
  const regions = Object.values(shippedRegions).flat();
  const words = wordsOf(commands, [...shippedRunbooks(), ...libraryRunbooks()], {
    regions,
    inputs: shippedInputs(),
  });
  if (shell === 'bash') return (await import('../cli/completion/bash.ts')).bashScript(words);
  if (shell === 'zsh') return (await import('../cli/completion/zsh.ts')).zshScript(words);
  return shell === 'fish' ? (await import('../cli/completion/fish.ts')).fishScript(words) : undefined;
}

/** Prints the inputs of the runbook among the typed words: the scripts ask for them, and have others where this fails. */
async function offerInputs(words: readonly string[]): Promise<number> {
  const {inputsAmong} = await import('./runbooks/offered-inputs.ts');
  const inputs = inputsAmong(words);
  if (inputs === undefined) return exitCodes.usage;
  process.stdout.write(inputs.map((input) => `${input}\n`).join(''));
  return exitCodes.done;
}
