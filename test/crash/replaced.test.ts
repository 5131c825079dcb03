import {appendFileSync, copyFileSync, readFileSync, renameSync, rmSync, truncateSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, it} from 'vitest';
import {execute} from '../../source/runs/start-run.ts';
import {findRunbook} from '../../source/runs/runbooks/find-runbook.ts';
import {findRun} from '../../source/journal/find-run.ts';
import {parseJournal} from '../../source/journal/read.ts';
import {inputValues} from '../../source/runbook/inputs.ts';
import {simulatedAccount, yesToAll} from '../support/simulated-account.ts';
import {mutationsIn, unannounced} from './mutations.ts';

interface Stopped {
  readonly exitCode: number;
  readonly error: string | undefined;
  /** Changes that AWS was sent, and those of them that the journal does not announce. */
  readonly sent: number;
  readonly strays: readonly string[];
}

/**
 * Runs until the first change was made, does something to the journal's file, and lets the run go on. `meddle`
 * returns where the run's own journal lies from then on.
 */
async function stoppedBy(
  meddle: (file: string) => {readonly own: Buffer} | {readonly at: string},
): Promise<Stopped> {
  const account = await simulatedAccount(join(import.meta.dirname, 'scenario.yaml'));
  const env = {XDG_STATE_HOME: account.stateHome};
  const {runbook, ...rest} = findRunbook('delete-service-linked-role');
  const order = {
    loaded: {runbook, ...rest},
    inputs: inputValues(runbook, []),
    mode: 'live' as const,
    simulation: false,
    regions: [],
    connection: account.connection,
    answers: yesToAll,
  };
  let kept: ReturnType<typeof meddle> | undefined;
  try {
    const {exitCode, closing} = await account.command(
      (surroundings) => execute(order, surroundings),
      ({changes}) => {
        if (changes.length > 0) kept ??= meddle(findRun('latest', env));
      },
    );
    if (kept === undefined) throw new Error('nothing was done to the journal');
    const {events} = parseJournal('own', 'own' in kept ? kept.own : readFileSync(kept.at));
    const {requests} = account.simulator;
    return {
      exitCode,
      error: closing.error,
      sent: mutationsIn(requests).length,
      strays: unannounced(requests, events),
    };
  } finally {
    await account.close();
  }
}

const meddlings = {
  'replaced by a copy of itself': (file: string) => {
    renameSync(file, `${file}.own`);
    copyFileSync(`${file}.own`, file);
    return {at: `${file}.own`};
  },
  'taken away': (file: string) => {
    const own = readFileSync(file);
    rmSync(file);
    return {own};
  },
  'written to by somebody else': (file: string) => {
    const own = readFileSync(file);
    appendFileSync(file, '{}\n');
    return {own};
  },
  'cut short': (file: string) => {
    const own = readFileSync(file);
    truncateSync(file, own.length - 10);
    return {own};
  },
};

describe('a journal that changes under its runner stops the run, with nothing sent that is not journaled', () => {
  it.each([
    ['replaced by a copy of itself', /another file has taken its place/],
    ['taken away', /ENOENT/],
    ['written to by somebody else', /something else has written to it/],
    ['cut short', /something else has written to it/],
  ] as const)('%s', async (how, reason) => {
    const {exitCode, error, sent, strays} = await stoppedBy(meddlings[how]);
    expect(error).toMatch(/^the journal .* cannot be written: /);
    expect(error).toMatch(reason);
    expect(exitCode).toBe(1);
    expect(strays).toEqual([]);
    expect(sent).toBeGreaterThan(0);
  });
});
