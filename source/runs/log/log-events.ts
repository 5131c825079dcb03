import type {Event} from '../../engine/model/events.ts';
import {log, type LogFields} from '../../log/log.ts';

/** Members of events that are names, numbers and times. All others may hold what AWS, a runbook or an operator said. */
const told = [
  'step',
  'region',
  'call',
  'operation',
  'effect',
  'phase',
  'attempt',
  'page',
  'ms',
  'retryAt',
  'nextPollAt',
  'maxAttempts',
  'held',
  'status',
  'signal',
  'accepted',
  'kind',
] as const;

/** Writes a run's events to the log: the steps, and each call with its attempt and the time of its next one. */
export function logEvents(run: string | undefined, events: readonly Event[]): void {
  for (const event of events) {
    const members = event as Readonly<Record<string, unknown>>;
    const fields = told.flatMap((name) => {
      const value = members[name];
      return isPlain(value) ? [[name, value] as const] : [];
    });
    const question = event.type === 'asked' ? {asks: event.question.kind, step: event.question.step} : {};
    log(event.type, {run, ...(Object.fromEntries(fields) as LogFields), ...question});
  }
}

function isPlain(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}
