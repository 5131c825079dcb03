import {beforeEach, describe, expect, test} from 'vitest';
import {fuzzyScore} from '../../source/ui/home/fuzzy.ts';
import {chooseAtHome} from '../../source/ui/home/home-view.tsx';
import type {FormField} from '../../source/ui/home/form.ts';
import {homeLines, type HomeEntry} from '../../source/ui/home/home-list.ts';
import {lineText} from '../../source/text/line.ts';
import type {Whose} from '../../source/ui/home/whose.ts';
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

function openFor(readWhose: () => Promise<Whose>, list = entries): void {
  terminal = new Terminal(80, 24);
  const {stdout, stdin} = terminal;
  const env = {LANG: 'C.UTF-8'};
  chosen = chooseAtHome({stdout, stdin, env, readEntries: () => Promise.resolve(list), readWhose});
}

function openWith(entry: HomeEntry): void {
  terminal = new Terminal(80, 24);
  const {stdout, stdin} = terminal;
  const env = {LANG: 'C.UTF-8'};
  chosen = chooseAtHome({stdout, stdin, env, readEntries: () => Promise.resolve([entry])});
}

describe('the account', () => {
  const running: HomeEntry = {
    section: 'Running elsewhere',
    name: '20261122T120000Z-kqvs',
    purpose: 'Delete the role · 123456789012 prod-images · step 14 of 20 · just now',
    argv: ['watch', '20261122T120000Z-kqvs'],
    working: {account: '123456789012', at: 'step 14 of 20'},
  };

  test('stands on top when AWS has said who is calling, and nothing waits for that', async () => {
    const whose = Promise.withResolvers<Whose>();
    openFor(() => whose.promise);
    await terminal.shows('type to find');
    await terminal.shows('Finding out who would be calling');
    whose.resolve({
      kind: 'known',
      account: '123456789012',
      parts: ['123456789012 prod-images', 'ops/kim', 'profile prod'],
    });
    await terminal.shows(' 123456789012 prod-images  ·  ops/kim  ·  profile prod');
    terminal.press(keys.interrupt);
    expect(await chosen).toBeUndefined();
  });

  test('is a quiet line where there are no credentials', async () => {
    openFor(() => Promise.resolve({kind: 'nobody', why: 'No credentials for AWS were found here.'}));
    await terminal.shows(' No credentials for AWS were found here.');
    terminal.press(keys.interrupt);
    await chosen;
  });

  test('that another terminal works on is named, and that run stands first', async () => {
    const known: Whose = {kind: 'known', account: '123456789012', parts: ['123456789012']};
    openFor(() => Promise.resolve(known), [running, ...entries]);
    await terminal.shows('! another run works on 123456789012: step 14 of 20');
    terminal.press(keys.enter);
    expect(await chosen).toEqual(['watch', '20261122T120000Z-kqvs']);
  });

  test('of another run is no news where it is not the same', async () => {
    const known: Whose = {kind: 'known', account: '999999999999', parts: ['999999999999']};
    openFor(() => Promise.resolve(known), [running, ...entries]);
    await terminal.shows(' 999999999999');
    expect(terminal.text).not.toContain('another run');
    terminal.press(keys.interrupt);
    await chosen;
  });
});

describe('the form for inputs', () => {
  const fields: readonly FormField[] = [
    {name: 'roleName', description: 'The role.', initial: 'AWSServiceRole', problem: () => undefined},
    {
      name: 'description',
      description: 'The new description of the role.',
      problem: (text) => (text.length > 5 ? undefined : 'input description is too short'),
    },
    {name: 'builds', initial: 'cancel', choices: ['cancel', 'wait'], closed: true, problem: () => undefined},
  ];
  const argv = ['run', 'edit-role-description'];
  const needing: HomeEntry = {
    section: 'Runbooks',
    name: 'edit-role-description',
    purpose: 'Edit the description of the role',
    argv,
    planArgv: [...argv, '--plan'],
    fields,
  };

  test('comes up for a runbook that needs one, and says what is missing and what is wrong', async () => {
    openWith(needing);
    await terminal.shows('type to find');
    terminal.press(keys.enter);
    await terminal.shows('▸ description');
    await terminal.shows('The new description of the role.');
    terminal.press(keys.enter);
    await terminal.shows('it needs a value');
    terminal.press('abc');
    await terminal.shows('input description is too short');
    await expect((await terminal.atRest()) + '\n').toMatchFileSnapshot('screens/form-80x24.txt');
    terminal.press('def');
    await terminal.shows('abcdef▏');
    terminal.press(keys.down);
    await terminal.shows('▸ builds');
    terminal.press('typed text changes no choice');
    terminal.press('\u001B[C');
    await terminal.shows('  wait');
    terminal.press(keys.enter);
    expect(await chosen).toEqual([...argv, '--input', 'description=abcdef', '--input', 'builds=wait']);
  });

  test('opens with → for a runbook that has every default; Tab plans; Esc goes back', async () => {
    openWith({...needing, fields: fields.filter(({initial}) => initial !== undefined)});
    await terminal.shows('→ inputs');
    terminal.press('\u001B[C');
    await terminal.shows('▸ roleName');
    terminal.press(keys.escape);
    await terminal.shows('type to find');
    terminal.press('\u001B[C');
    await terminal.shows('▸ roleName');
    terminal.press('\u0015Other');
    await terminal.shows('Other▏');
    terminal.press('\t');
    expect(await chosen).toEqual([...argv, '--input', 'roleName=Other', '--plan']);
  });

  test('is passed by where every input has a default', async () => {
    openWith({...needing, fields: fields.filter(({initial}) => initial !== undefined)});
    await terminal.shows('→ inputs');
    terminal.press(keys.enter);
    expect(await chosen).toEqual(argv);
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

test('home on 40 columns shows no bits of purposes', () => {
  const name = 'inspect-service-linked-role';
  const one: readonly HomeEntry[] = [{section: 'Runbooks', name, purpose: 'Inspect it', argv: []}];
  const shown = (columns: number): string => homeLines(one, 0, columns).lines.map(lineText).join('\n');
  expect(shown(40)).not.toContain('Inspect');
  expect(shown(80)).toContain('Inspect it');
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
