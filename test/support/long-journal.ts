import {readFileSync, writeFileSync} from 'node:fs';
import type {Event} from '../../source/engine/model/events.ts';
import {parseJournal} from '../../source/journal/read.ts';
import {encodeRecord, genesis} from '../../source/journal/record.ts';

const relapse = new URL('../fixtures/relapse.jsonl', import.meta.url).pathname;

/** The recorded relapse, round after round with ever later times, until there are `count` events. */
export function longRun(count: number): readonly Event[] {
  const recorded = parseJournal(relapse, readFileSync(relapse)).events;
  const [first, ...rest] = recorded;
  if (first === undefined) throw new Error('the recording is empty');
  const body = rest.filter(({type}) => type !== 'run-ended');
  const events: Event[] = [first];
  const length = (body.at(-1)?.at ?? 0) - first.at + 60_000;
  const calls = body.filter(({type}) => type === 'call-started').length;
  for (let round = 0; events.length < count; round += 1) {
    const later = (at: number): number => at + round * length;
    if (round > 0) events.push(wentBack(later(first.at), round));
    for (const event of body) {
      if (events.length === count) break;
      const call = 'call' in event ? {call: event.call + round * calls} : {};
      events.push({...event, ...call, at: later(event.at)} as Event);
    }
  }
  return events;
}

function wentBack(at: number, visit: number): Event {
  const fault = {kind: 'waiter', name: 'WaiterFailed', message: 'still in use'} as const;
  const [step, to] = ['gone', 'role'];
  return {type: 'went-back', step, to, visit, maxVisits: 9999, resumeAt: at, fault, usage: [], at};
}

/** Writes events as a journal that is believed. */
export function writeJournal(file: string, events: readonly Event[], run = 'long'): void {
  let head = genesis;
  const lines = events.map((event, index) => {
    const {line, hash} = encodeRecord(run, index + 1, head, event);
    head = hash;
    return `${line}\n`;
  });
  writeFileSync(file, lines.join(''));
}
