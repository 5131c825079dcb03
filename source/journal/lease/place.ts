import {execFileSync} from 'node:child_process';
import {readFileSync, readlinkSync} from 'node:fs';

/**
 * Where a process runs. Two processes with the same value of a member can see each other in that respect. An
 * absent member is not known, and equals nothing.
 */
export interface Place {
  /** This start of the machine. Containers share their host's. */
  readonly boot?: string | undefined;
  /** Network namespace: the processes in one see each other's sockets. */
  readonly network?: string | undefined;
  /** Namespace of process ids. */
  readonly pids?: string | undefined;
  readonly pid: number;
  /** Start of the process, in clock ticks of the machine: ids of processes are used again. */
  readonly started?: string | undefined;
}

let known: Place | undefined;

/** Returns the place of this process. */
export function thisPlace(): Place {
  known ??= process.platform === 'linux' ? linuxPlace() : otherPlace();
  return known;
}

function linuxPlace(): Place {
  return {
    boot: orUndefined(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
    network: orUndefined(() => readlinkSync('/proc/self/ns/net')),
    pids: orUndefined(() => readlinkSync('/proc/self/ns/pid')),
    pid: process.pid,
    started: lifeOf(process.pid)?.started,
  };
}

/** Only Linux has namespaces. macOS names each of its starts. */
function otherPlace(): Place {
  const boot = orUndefined(() =>
    execFileSync('sysctl', ['-n', 'kern.bootsessionuuid'], {encoding: 'utf8', timeout: 1000}).trim(),
  );
  return {boot, network: 'one', pids: 'one', pid: process.pid};
}

/** A process in /proc. */
interface Life {
  readonly started: string;
  /** It has ended, and its parent has not asked how. */
  readonly isZombie: boolean;
}

/** Returns what /proc says of a process; undefined where it says nothing. */
export function lifeOf(pid: number): Life | undefined {
  const stat = orUndefined(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  // The second field is the program's name in parentheses, and may hold any character.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, started] = [fields?.[0], fields?.[19]];
  if (state === undefined || started === undefined) return undefined;
  return {started, isZombie: 'ZX'.includes(state)};
}

function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
