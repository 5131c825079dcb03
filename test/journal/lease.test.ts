import {spawn, spawnSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {createInterface} from 'node:readline';
import {describe, expect, it} from 'vitest';
import {JournalError, JournalTaken} from '../../source/journal/journal-error.ts';
import {leaseFile, leaseText, readLease, type Lease} from '../../source/journal/lease/lease.ts';
import {thisPlace, type Place} from '../../source/journal/lease/place.ts';
import {isLocked, JournalInUse, lockJournal, type Lock} from '../../source/journal/lock.ts';
import {JournalWriter} from '../../source/journal/write.ts';

function freshFile(): string {
  const file = join(mkdtempSync(join(tmpdir(), 'handrail-lease-')), 'r.jsonl');
  writeFileSync(file, '');
  return file;
}

/** Far enough apart that nothing of one can be seen from the other. */
const elsewhere: Place = {boot: 'another host', network: 'n', pids: 'p', pid: 1};
/** A network namespace of its own on this host. */
const otherNetwork: Place = {...thisPlace(), network: 'another'};

let sockets = 0;
/** Takes the lock as a process at that place does. */
function lockFrom(place: Place, file: string, everyMs = 20): Promise<Lock> {
  sockets += 1;
  return lockJournal(file, 0, {here: {place, socket: `\0handrail-test-${process.pid}-${sockets}`}, everyMs});
}

/** A lease whose holder does nothing any more. */
function leaveLease(file: string, place: Place, token = 'a'.repeat(32)): Lease {
  const lease = {token, holder: 'process 7 of kim on box', place, socket: '\0handrail-gone'};
  writeFileSync(leaseFile(file), leaseText(lease, 3));
  return lease;
}

/** The id of a process that has ended. */
function deadPid(): number {
  return spawnSync(process.execPath, ['-e', '']).pid;
}

// Between processes: test/resume/lease.test.ts.
describe('the lease of a journal', () => {
  it('refuses a process that cannot see the socket, and sees the holder among the processes', async () => {
    const file = freshFile();
    const lock = await lockJournal(file, 0);
    await expect(lockFrom(otherNetwork, file)).rejects.toThrow(`run by process ${process.pid} of`);
    lock.release();
  });

  it('refuses a process on another host as soon as a renewal is seen', async () => {
    const file = freshFile();
    const lock = await lockJournal(file, 0, {everyMs: 20});
    // So long that a renewal falls between two looks even where the disk is slow.
    await expect(lockFrom(elsewhere, file, 500)).rejects.toThrow(JournalInUse);
    lock.check();
    lock.release();
  });

  it('is taken over once it has stood still for eight looks, and says so while it is watched', async () => {
    const file = freshFile();
    const still = await lockFrom(elsewhere, file, 1e6);
    const said: string[] = [];
    const lock = await lockJournal(file, 0, {everyMs: 20, say: (text) => said.push(text)});
    lock.check();
    expect(said).toHaveLength(1);
    expect(said[0]).toMatch(
      /^r\.jsonl is held by process \d+ of .* since 1970-.*, in another container or on/,
    );
    still.release();
    // Its release left the new holder's lease alone.
    lock.check();
    lock.release();
  });

  it('stops the holder that was overtaken, for good, before it writes', async () => {
    const file = join(dirname(freshFile()), 'run.jsonl');
    const writer = JournalWriter.create(file, 'run');
    const old = await lockFrom(elsewhere, file, 1e6);
    writer.guardedBy(old);
    await writer.append([{type: 'first', at: 1}]);
    const lock = await lockJournal(file, 0, {everyMs: 10});
    const before = readFileSync(file, 'utf8');
    const late = writer.append([{type: 'late', at: 2}]);
    await expect(late).rejects.toThrow(JournalTaken);
    await expect(late).rejects.toThrow(`taken over by process ${process.pid} of`);
    expect(old.lost.aborted).toBe(true);
    lock.release();
    await expect(writer.append([{type: 'late', at: 3}])).rejects.toThrow(JournalTaken);
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('keeps a write out of the journal that was under way when its writer was overtaken', async () => {
    const file = join(dirname(freshFile()), 'run.jsonl');
    const writer = JournalWriter.create(file, 'run');
    // It had made sure, and stood still before it wrote.
    writer.guardedBy({check: () => undefined});
    const old = await lockFrom(elsewhere, file, 1e6);
    await writer.append([{type: 'first', at: 1}]);
    const lock = await lockJournal(file, 0, {everyMs: 10});
    const before = readFileSync(file, 'utf8');
    await expect(writer.append([{type: 'late', at: 2}])).rejects.toThrow('another file has taken its place');
    expect(readFileSync(file, 'utf8')).toBe(before);
    old.release();
    lock.release();
  });

  it('tells its holder by itself that it is lost', async () => {
    const file = freshFile();
    const old = await lockFrom(elsewhere, file, 50);
    const lost = new Promise((resolve) => old.lost.addEventListener('abort', resolve));
    leaveLease(file, elsewhere);
    await lost;
    expect(() => old.check()).toThrow('taken over by process 7 of kim on box');
    old.release();
    expect(readLease(leaseFile(file))?.token).toBe('a'.repeat(32));
  });

  it('that was removed stops its holder: another may have the journal', async () => {
    const file = freshFile();
    const lock = await lockJournal(file, 0);
    rmSync(leaseFile(file));
    expect(() => lock.check()).toThrow(JournalTaken);
    expect(() => lock.check()).toThrow('r.jsonl.lease was removed');
    lock.release();
  });

  it.each([
    ['a process that has ended', () => ({...otherNetwork, pid: deadPid()})],
    ['a process whose number another one has now', () => ({...otherNetwork, started: '1'})],
    ['a process whose socket is gone', () => ({...thisPlace(), pids: 'other'})],
  ])('of %s is followed at once', async (_, place) => {
    const file = freshFile();
    leaveLease(file, place());
    expect(isLocked(file)).toBe(false);
    const said: string[] = [];
    (await lockJournal(file, 0, {say: (text) => said.push(text)})).release();
    expect(said).toEqual([]);
  });

  it.each([['nothing'], ['{"version":1,"token":"../../x"'], [`{"version":2,"token":"${'b'.repeat(32)}"}\n`]])(
    'that holds %s is watched and then replaced',
    async (text) => {
      const file = freshFile();
      writeFileSync(leaseFile(file), text === 'nothing' ? '' : text);
      expect(isLocked(file)).toBe(true);
      (await lockJournal(file, 0, {everyMs: 5})).release();
      expect(isLocked(file)).toBe(false);
    },
  );

  it('counts as held from afar while it is fresh, and no longer', () => {
    const file = freshFile();
    leaveLease(file, elsewhere);
    expect(isLocked(file)).toBe(true);
    spawnSync('touch', ['-d', '2 minutes ago', leaseFile(file)]);
    expect(isLocked(file)).toBe(false);
  });

  it('goes on where a process died while it took a lease over', async () => {
    const file = freshFile();
    const {token} = leaveLease(file, {...otherNetwork, pid: deadPid()});
    const claim = {token: 'c'.repeat(32), holder: 'x', place: {...otherNetwork, pid: deadPid()}, socket: 'y'};
    writeFileSync(`${leaseFile(file)}.${token}`, leaseText(claim, 0));
    (await lockJournal(file, 0)).release();
    expect(readdirSync(dirname(file))).toEqual(['r.jsonl']);
  });

  it('leaves nothing behind, and can be read by its owner only', async () => {
    const file = freshFile();
    const lock = await lockJournal(file, 0);
    expect(readdirSync(dirname(file))).toEqual(['r.jsonl', 'r.jsonl.lease']);
    lock.release();
    expect(readdirSync(dirname(file))).toEqual(['r.jsonl']);
  });

  it('that cannot be written is named, and the socket is let go', async () => {
    const file = freshFile();
    mkdirSync(leaseFile(file));
    await expect(lockJournal(file, 0)).rejects.toThrow(JournalError);
    await expect(lockJournal(file, 0)).rejects.toThrow(/r\.jsonl\.lease cannot be written: EISDIR/);
    rmSync(leaseFile(file), {recursive: true});
    (await lockJournal(file, 0)).release();
  });

  it('is won by exactly one of several processes that follow a dead holder at the same moment', async () => {
    const files = Array.from({length: 60}, freshFile);
    const pid = deadPid();
    for (const file of files) leaveLease(file, {...otherNetwork, pid});
    const racers = ['one', 'two', 'three'].map((name) => startRacer(name, files));
    await Promise.all(racers.map(({said}) => said('ready')));
    for (const {tell} of racers) tell(String(Date.now() + 50));
    await Promise.all(racers.map(({said}) => said('raced')));
    for (const {tell} of racers) tell('which?');
    const held = (await Promise.all(racers.map(({rest}) => rest()))).flat();
    expect(held.toSorted()).toEqual(files.toSorted());
    const left = files.flatMap((file) => readdirSync(dirname(file)));
    expect(new Set(left)).toEqual(new Set(['r.jsonl', 'r.jsonl.lease']));
  });
});

interface Racer {
  tell(line: string): void;
  /** Resolves with the next line, which must be this one. */
  said(line: string): Promise<void>;
  rest(): Promise<readonly string[]>;
}

function startRacer(name: string, files: readonly string[]): Racer {
  const racer = join(import.meta.dirname, 'lease-racer.ts');
  const args = ['--import', import.meta.resolve('tsx'), racer, name, ...files];
  const {stdin, stdout} = spawn(process.execPath, args, {stdio: ['pipe', 'pipe', 'inherit']});
  const lines = createInterface({input: stdout})[Symbol.asyncIterator]();
  return {
    tell: (line) => void stdin.write(`${line}\n`),
    said: async (line) => expect((await lines.next()).value).toBe(line),
    rest: async () => {
      const rest: string[] = [];
      for await (const line of {[Symbol.asyncIterator]: () => lines}) rest.push(line);
      return rest;
    },
  };
}
