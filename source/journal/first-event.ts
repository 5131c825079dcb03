import {closeSync, openSync, readSync} from 'node:fs';
import type {Event} from '../engine/model/events.ts';

type RunStarted = Extract<Event, {type: 'run-started'}>;

const chunkBytes = 65_536;

/**
 * Returns the beginning of a run from the first line of its journal. It is a glance at one of many journals and
 * proves nothing. Undefined when that line is no beginning.
 */
export function firstEvent(file: string): RunStarted | undefined {
  try {
    const {event} = JSON.parse(firstLine(file)) as {event?: Partial<RunStarted>};
    return event?.type === 'run-started' ? (event as RunStarted) : undefined;
  } catch {
    return undefined;
  }
}

function firstLine(file: string): string {
  const descriptor = openSync(file, 'r');
  try {
    const chunks: Buffer[] = [];
    for (;;) {
      const chunk = Buffer.alloc(chunkBytes);
      const length = readSync(descriptor, chunk);
      const end = chunk.subarray(0, length).indexOf('\n');
      chunks.push(chunk.subarray(0, end < 0 ? length : end));
      if (end >= 0 || length === 0) return Buffer.concat(chunks).toString('utf8');
    }
  } finally {
    closeSync(descriptor);
  }
}
