import type {Fault} from '../engine/model/fault.ts';
import type {RunStatus} from '../engine/model/run-status.ts';
import {clockSpan} from '../text/time.ts';
import {faultWord} from '../wording/fault-text.ts';
import type {Report, ReportedFailure, ReportedRegion} from './model.ts';

/** How a run ended, by its status. */
export const endWords: Readonly<Record<RunStatus, string>> = {
  done: 'Done',
  planned: 'Planned: nothing was changed',
  failed: 'Failed',
  'needs-operator': 'Stopped: it needs an operator',
  declined: 'Declined by the operator',
  blocked: 'Blocked by Regions that are in use or could not be checked',
};

/** Formats a run's status. */
export function statusWords({status, interrupted}: Report['run']): string {
  if (status !== null) return endWords[status];
  return interrupted.length > 0 ? 'Interrupted: it has not ended' : 'Not ended';
}

/** Formats the kind of run. Reports never leave it out. */
export function modeWords({simulation, mode}: Pick<Report['run'], 'simulation' | 'mode'>): string {
  const kind = simulation ? 'SIMULATION: nothing real was touched' : 'LIVE';
  return mode === 'plan' ? `${kind}, PLAN: nothing was changed` : kind;
}

export const truthWords: Readonly<Record<Report['regions'][number]['truth'], string>> = {
  clear: 'clear',
  'in-use': 'in use',
  unknown: 'unknown',
  unlooked: 'not checked',
};

export const sourceWords: Readonly<Record<Report['regionSource'], string>> = {
  named: 'named by the operator',
  discovered: 'discovered: those that the account has enabled',
  shipped: 'from the list that Handrail ships',
};

/** Formats the outcome of a failure and the number of tries. */
export function outcomeWords({outcome, tries, wentBack}: ReportedFailure): string {
  const times = tries === 1 ? 'failed once' : `failed ${tries} times`;
  switch (outcome) {
    case 'succeeded-later':
      return `${times}, then succeeded`;
    case 'went-back':
      return `${times}, then the run went back (${wentBack?.visit} of at most ${wentBack?.maxVisits})`;
    case 'failed':
      return `${times}, and was given up`;
    case 'open':
      return `${times}, and was still to be tried again`;
  }
}

/** Formats a fault in Handrail's words and in the service's. */
export function faultWords(fault: ReportedFailure['fault']): {readonly word: string; readonly said: string} {
  return {
    word: faultWord(fault as Fault),
    said: fault.message === '' ? fault.name : `${fault.name}: ${fault.message}`,
  };
}

/** UTC to the second, such as `2026-11-22 05:15:28Z`: a report is read elsewhere. */
export function utc(at: number): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return 'at no valid time';
  return date
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, 'Z');
}

/** Formats the time from a run's first event to its last. */
export function duration({startedAt, endedAt, lastEventAt}: Report['run']): string {
  return clockSpan((endedAt ?? lastEventAt) - startedAt);
}

/** Returns true if a Region was clear from the first check to the last, with nothing else to report. */
export function isQuiet({truth, found, usage, failedCalls}: ReportedRegion): boolean {
  return (
    truth === 'clear' &&
    usage.length === 0 &&
    failedCalls === 0 &&
    Object.values(found).every(({inUse}) => inUse === 0)
  );
}

/** A value of a member, as text: JSON where it is none. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
