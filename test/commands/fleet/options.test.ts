import {expect, it} from 'vitest';
import type {Arguments} from '../../../source/cli/command.ts';
import {UsageError} from '../../../source/cli/usage-error.ts';
import {fleetCommand} from '../../../source/commands/fleet/fleet.ts';

function given(
  positionals: readonly string[],
  options: Readonly<Record<string, string | true | readonly string[]>>,
): Arguments {
  const at = (name: string): unknown => options[name];
  return {
    positionals,
    flag: (name) => at(name) === true,
    text: (name) => at(name) as string | undefined,
    texts: (name) => (at(name) ?? []) as readonly string[],
  };
}

it.each([
  [['undo', 'latest'], {ou: ['Workloads/Dev']}, 'fleet undo takes no --ou; it takes --only, --plan'],
  [['undo', 'latest'], {exclude: ['123456789012']}, 'fleet undo takes no --exclude'],
  [['resume'], {only: ['123456789012']}, 'fleet resume takes no --only; it takes --confirm'],
  [['resume'], {plan: true as const}, 'fleet resume takes no --plan'],
  [['report'], {json: true as const}, 'fleet report takes no --json; it takes --format, --out'],
  [['verify'], {format: 'json'}, 'fleet verify takes no --format; it takes none'],
  [['accounts'], {role: 'Operator', accounts: 'org'}, 'fleet accounts takes no --role'],
  [['accounts', 'org'], {}, 'fleet accounts takes no org'],
  [['delete-service-linked-role'], {out: 'x', accounts: 'x'}, 'fleet RUNBOOK takes no --out'],
] as const)('%j refuses an option that it would pass over: %j', async (positionals, options, message) => {
  const run = fleetCommand.run(given(positionals, options));
  await expect(run).rejects.toBeInstanceOf(UsageError);
  await expect(run).rejects.toThrow(message);
});
