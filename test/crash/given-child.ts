import type {ChildProcess} from 'node:child_process';
import {appendFileSync} from 'node:fs';
import type {ChildOrder} from './child-order.ts';
import {journalsIn, wholeWrites} from './journal-file.ts';

// The program that HANDRAIL_PROGRAM names in the child's place. It knows no fast clock, so its own waits are real ones and
// a resumption never comes late enough to look at the world again; and it is killed from outside, where the child kills
// itself, so at about a moment of its journal and not at the very one.

/** How the program is told to do what the child does. */
export function toldAs({file, endpoint, stateHome, gates, override}: ChildOrder): {
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
} {
  const pace = ['--input', 'pollSeconds=0.1', '--input', 'retryWaitSeconds=0.2'];
  const begin = ['run', 'delete-service-linked-role', ...pace];
  const answers = ['--yes', '--confirm', 'AWSServiceRoleForImageBuilder'];
  const windows =
    gates?.windows?.map((one) =>
      'calendar' in one ? one.calendar : `${one.from}/${one.to} ${one.timeZone}`,
    ) ?? [];
  const rules = [
    ...windows.flatMap((window) => ['--window', window]),
    ...(override === undefined ? [] : ['--override', override]),
  ];
  return {
    args: [...(file === undefined ? begin : ['resume', file]), ...answers, ...rules],
    env: {
      XDG_STATE_HOME: stateHome,
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'simulated',
      AWS_SECRET_ACCESS_KEY: 'simulated',
    },
  };
}

/** Kills the program when so many of its writes lie in its journal; one to be torn is torn by hand. */
export function killFromOutside(program: ChildProcess, {stateHome, kill}: ChildOrder): void {
  if (kill === undefined) return;
  const target = wholeWrites(stateHome) + kill.nth - (kill.moment === 'written' ? 0 : 1);
  const watch = setInterval(() => {
    if (wholeWrites(stateHome) >= target) program.kill('SIGKILL');
  }, 2);
  program.once('exit', (_code, signal) => {
    clearInterval(watch);
    const [file] = journalsIn(stateHome);
    if (signal === 'SIGKILL' && kill.moment === 'torn' && file !== undefined)
      appendFileSync(file, '{"version":1,"sequence":');
  });
}
