import {beforeEach, describe, expect, test} from 'vitest';
import {fuzzyScore} from '../../source/ui/home/fuzzy.ts';
import {chooseAtHome} from '../../source/ui/home/home-view.tsx';
import type {HomeEntry} from '../../source/ui/home/home-list.ts';
import {keys, Terminal} from './terminal.ts';

const entries: readonly HomeEntry[] = [
  {
    section: 'Runs to go on with',
    name: '20261122T054555Z-erby',
    purpose: 'Delete the role · 123456789012 prod-images · interrupted at step 4 of 9 · 2 h ago',
    argv: ['resume', '20261122T054555Z-erby'],
  },
  {
    section: 'Runbooks',
    name: 'delete-service-linked-role',
    purpose: 'Delete the Image Builder service-linked role',
    argv: ['run', 'delete-service-linked-role'],
    planArgv: ['run', 'delete-service-linked-role', '--plan'],
  },
  {
    section: 'Runbooks',
    name: 'restore-schedules',
    purpose: 'Put back the schedules that a run removed',
    argv: ['run', 'restore-schedules'],
  },
  {section: 'To try it', name: 'demo', purpose: 'Nothing real is touched', argv: ['demo']},
];

let terminal: Terminal;
let chosen: Promise<readonly string[] | undefined>;

async function open(columns: number, rows: number): Promise<void> {
  terminal = new Terminal(columns, rows);
  const {stdout, stdin} = terminal;
  chosen = chooseAtHome({stdout, stdin, env: {LANG: 'C.UTF-8'}, readEntries: () => Promise.resolve(entries)});
  await terminal.shows('type to find');
}

test('home shows its first frame while the runs are read, and Enter starts nothing until they are', async () => {
  terminal = new Terminal(80, 24);
  const {stdout, stdin} = terminal;
  const read = Promise.withResolvers<readonly HomeEntry[]>();
  chosen = chooseAtHome({stdout, stdin, env: {LANG: 'C.UTF-8'}, readEntries: () => read.promise});
  await terminal.shows('Reading runbooks and runs');
  terminal.press(keys.enter);
  read.resolve(entries);
  await terminal.shows('type to find');
  terminal.press(keys.down);
  terminal.press(keys.enter);
  expect(await chosen).toEqual(entries[1]?.argv);
});

test('home says why the runs cannot be read, and leaves the terminal as it was', async () => {
  terminal = new Terminal(80, 24);
  const {stdout, stdin} = terminal;
  chosen = chooseAtHome({
    stdout,
    stdin,
    env: {LANG: 'C.UTF-8'},
    readEntries: () => Promise.reject(new Error('the folder is gone')),
  });
  await expect(chosen).rejects.toThrow('the folder is gone');
});

describe('home', () => {
  beforeEach(() => open(80, 24));

  test('offers what was left unfinished first, and says what each entry is for', async () => {
    await expect((await terminal.atRest()) + '\n').toMatchFileSnapshot('screens/home-80x24.txt');
    terminal.press(keys.enter);
    expect(await chosen).toEqual(['resume', '20261122T054555Z-erby']);
  });

  test('finds an entry by letters in order', async () => {
    terminal.press('rstsch');
    await terminal.until((text) => !text.includes('demo'));
    terminal.press(keys.enter);
    expect(await chosen).toEqual(['run', 'restore-schedules']);
  });

  test('runs a runbook as a plan with Tab', async () => {
    terminal.press(keys.down);
    await terminal.shows('▸ delete-service-linked-role');
    terminal.press('\t');
    expect(await chosen).toEqual(['run', 'delete-service-linked-role', '--plan']);
  });

  test('takes Esc to look for nothing first, then to leave', async () => {
    terminal.press('demo');
    await terminal.until((text) => !text.includes('restore'));
    terminal.press(keys.escape);
    await terminal.shows('restore-schedules');
    terminal.press(keys.escape);
    expect(await chosen).toBeUndefined();
    expect(terminal.keyboard.isRaw).toBe(false);
    await terminal.until(() => terminal.emulator.buffer.active.type === 'normal');
  });

  test('explains its keys', async () => {
    terminal.press('?');
    await terminal.shows('run a runbook as a plan');
    terminal.press(keys.escape);
    await terminal.shows('▸ 20261122');
    terminal.press(keys.interrupt);
    expect(await chosen).toBeUndefined();
  });
});

test.each([
  [40, 24],
  [60, 20],
  [30, 8],
  [120, 40],
])('home fits %i×%i and keeps the chosen entry in sight', async (columns, rows) => {
  await open(columns, rows);
  for (let step = 0; step < 3; step += 1) terminal.press(keys.down);
  await terminal.shows('▸ demo');
  expect(terminal.scrolled).toBe(false);
  terminal.press(keys.interrupt);
  await chosen;
});

describe('a fuzzy search', () => {
  test('prefers what stands together and begins words', () => {
    const whole = fuzzyScore('role', 'delete-service-linked-role') ?? 0;
    const scattered = fuzzyScore('role', 'restore schedules') ?? 0;
    expect(whole).toBeGreaterThan(scattered);
  });

  test('wants every word', () => {
    expect(fuzzyScore('delete zzz', 'delete role')).toBeUndefined();
    expect(fuzzyScore('role delete', 'delete role')).toBeDefined();
    expect(fuzzyScore('', 'anything')).toBe(0);
  });

  test('takes words from the rest only as they stand', () => {
    expect(fuzzyScore('interrupted', 'run', 'interrupted at step 4')).toBeDefined();
    expect(fuzzyScore('itrd', 'run', 'interrupted at step 4')).toBeUndefined();
  });
});
