import {existsSync} from 'node:fs';
import {accountLabel} from '../../fleet/account.ts';
import {evolveFleetAll} from '../../fleet/evolve.ts';
import type {AccountState} from '../../fleet/state.ts';
import {CorruptJournal, readJournal} from '../../journal/read.ts';
import {childFile, findFleet, readFleet} from '../../runs/fleet/fleet-journal.ts';

/** What a check of a fleet's journals found. */
export interface VerifiedFleet {
  readonly lines: readonly string[];
  readonly isWhole: boolean;
}

/**
 * Checks the journals of a fleet and of its accounts' runs: each is whole, and ends where the fleet's says. Throws
 * CorruptJournal for the fleet's own.
 */
export function verifiedFleet(name: string, env: NodeJS.ProcessEnv): VerifiedFleet {
  const journal = readFleet(findFleet(name, env));
  const {accounts} = evolveFleetAll(journal.events);
  const checked = [...accounts.values()].flatMap((row) => checkedRuns(row, env));
  const wrong = checked.filter(({problem}) => problem !== undefined);
  return {
    isWhole: wrong.length === 0,
    lines: [
      `fleet     ${journal.run}`,
      `journal   ${journal.file}`,
      `records   ${journal.events.length}, each with the hash of all before it`,
      ...(journal.tornBytes === 0
        ? []
        : [`torn      the last ${journal.tornBytes} bytes: a crash cut that record off`]),
      `head      ${journal.head}`,
      `runs      ${checked.length - wrong.length} of ${checked.length} as the fleet's journal has them`,
      ...wrong.map(({label, run, problem}) => `! ${label}, run ${run}: ${problem}`),
    ],
  };
}

interface Checked {
  readonly label: string;
  readonly run: string;
  readonly problem?: string;
}

function checkedRuns(
  {account, lookRun, look, run, end}: AccountState,
  env: NodeJS.ProcessEnv,
): readonly Checked[] {
  const label = accountLabel(account);
  return [
    {run: lookRun, head: look?.head},
    {run, head: end?.head},
  ].flatMap(({run: id, head}): readonly Checked[] => {
    if (id === undefined || head === undefined) return [];
    const problem = problemOf(childFile(id, env), head);
    return [{label, run: id, ...(problem === undefined ? {} : {problem})}];
  });
}

function problemOf(file: string, head: string): string | undefined {
  if (!existsSync(file)) return `its journal ${file} is not there`;
  try {
    return readJournal(file).head === head ? undefined : "it does not end where the fleet's journal says";
  } catch (error) {
    if (error instanceof CorruptJournal) return error.message;
    throw error;
  }
}
