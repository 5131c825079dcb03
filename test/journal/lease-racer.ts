import {createInterface} from 'node:readline';
import {lockJournal, type Lock} from '../../source/journal/lock.ts';
import {thisPlace} from '../../source/journal/lease/place.ts';

/**
 * A process that takes the lock of every file it is given, at the same moments as others do. It says `ready`, begins at the
 * time that it is told (ms since the epoch), says `raced`, and tells for any further line which files it holds.
 */
const [name = '', ...files] = process.argv.slice(2);
const place = {...thisPlace(), network: name};
const held = new Map<string, Lock>();
const say = (word: string): void => void process.stdout.write(`${word}\n`);

const lines = createInterface({input: process.stdin})[Symbol.asyncIterator]();
say('ready');
const start = Number((await lines.next()).value);
for (const [at, file] of files.entries()) {
  while (Date.now() < start + at * 10);
  const here = {place, socket: `\0handrail-racer-${process.pid}-${at}`};
  const lock = await lockJournal(file, 0, {here}).catch(() => undefined);
  if (lock !== undefined) held.set(file, lock);
}
say('raced');
await lines.next();
for (const [file, lock] of held) {
  lock.check();
  say(file);
}
process.exit(0);
