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
  const regions = Object.values(shippedRegions).flat();
  const words = wordsOf(commands, [...shippedRunbooks(), ...libraryRunbooks()], {
    regions,
    inputs: await shippedInputs(),
  });
  if (shell === 'bash') return (await import('../cli/completion/bash.ts')).bashScript(words);
  if (shell === 'zsh') return (await import('../cli/completion/zsh.ts')).zshScript(words);
  return shell === 'fish' ? (await import('../cli/completion/fish.ts')).fishScript(words) : undefined;
}

/** The inputs of the shipped runbooks, each with its values where it has only a few. */
async function shippedInputs(): Promise<readonly string[]> {
  const {readyRunbook} = await import('../runs/runbooks/prebuilt-runbooks.ts');
  const {findRunbook} = await import('../runs/runbooks/find-runbook.ts');
  const inputs = shippedRunbooks().flatMap((name) =>
    Object.entries((readyRunbook(name) ?? findRunbook(name)).runbook.inputs),
  );
  const words = inputs.flatMap(([name, input]) => {
    const values =
      input.type === 'string' ? (input.enum ?? ['']) : input.type === 'boolean' ? ['true', 'false'] : [''];
    return values.map((value) => `${name}=${value}`);
  });
  return [...new Set(words)];
}
