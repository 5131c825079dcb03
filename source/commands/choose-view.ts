import type {View} from '../ui/view.ts';

/** Whether a full screen can be shown and answered: a terminal on both ends that can move its cursor. */
export function isInteractive(env: NodeJS.ProcessEnv): boolean {
  return process.stdout.isTTY && process.stdin.isTTY && env['TERM'] !== 'dumb';
}

function write(text: string): void {
  process.stdout.write(text);
}

/** The view that fits: JSON lines when asked for, the full screen on a terminal, plain lines elsewhere. */
export async function chooseView(
  options: {readonly json: boolean; readonly onInterrupt: () => void},
  env: NodeJS.ProcessEnv,
): Promise<View> {
  if (options.json) {
    const {createJson} = await import('../ui/json.ts');
    return createJson({write});
  }
  if (!isInteractive(env)) {
    const {createPlain} = await import('../ui/plain.ts');
    return createPlain({write, now: Date.now});
  }
  const {createScreen} = await import('../ui/screen.tsx');
  const {stdout, stdin} = process;
  return createScreen({stdout, stdin, onInterrupt: options.onInterrupt, now: Date.now, env});
}
