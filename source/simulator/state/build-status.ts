import type {Build, FinalStatus} from './account-state.ts';

export type BuildStatus = FinalStatus | 'PENDING' | 'CREATING' | 'BUILDING' | 'TESTING' | 'DISTRIBUTING';

/** The share of a build's whole duration that is over when a phase ends. */
const phases: readonly (readonly [BuildStatus, number])[] = [
  ['PENDING', 0.02],
  ['CREATING', 0.1],
  ['BUILDING', 0.6],
  ['TESTING', 0.85],
  ['DISTRIBUTING', 1],
];

/**
 * The status of a build at a simulated time (milliseconds).
 *
 * It follows from the start, the cancellation and the time alone, so nothing has to tick between two requests.
 */
export function statusAt(build: Build, now: number): BuildStatus {
  const {progress} = build;
  if (progress.kind === 'finished') return progress.status;
  if (progress.cancel !== undefined && now >= progress.cancel.endsAt) return 'CANCELLED';
  // A build that is being cancelled stays in the phase in which the cancellation found it.
  const until = progress.cancel?.requestedAt ?? now;
  const share = (until - build.startedAt) / progress.lastsMs;
  const phase = phases.find(([, end]) => share < end)?.[0] ?? 'AVAILABLE';
  if (progress.waitsAt !== undefined && (phase === 'DISTRIBUTING' || phase === 'AVAILABLE')) return 'TESTING';
  return phase;
}

const finalStatuses: ReadonlySet<string> = new Set<FinalStatus>([
  'AVAILABLE',
  'CANCELLED',
  'FAILED',
  'DEPRECATED',
  'DELETED',
  'DISABLED',
]);

/** Returns true if a build still needs the role at a simulated time (ms). */
export function isRunning(build: Build, now: number): boolean {
  return !finalStatuses.has(statusAt(build, now));
}
