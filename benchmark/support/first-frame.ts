import {spawn} from '@lydell/node-pty';

/**
 * Milliseconds from the start of a process on a terminal to the first frame that shows `text`; it is then
 * ended.
 */
export function firstFrame(
  command: readonly string[],
  text: string,
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const [file = '', ...args] = command;
  const started = performance.now();
  const terminal = spawn(file, args, {
    name: 'xterm-256color',
    cols: 120,
    rows: 40,
    env: {...env, TERM: 'xterm-256color'},
  });
  return new Promise((resolve, reject) => {
    let seen = '';
    let at: number | undefined;
    terminal.onData((data) => {
      seen += data;
      if (at !== undefined || !seen.includes(text)) return;
      at = performance.now() - started;
      terminal.kill('SIGTERM');
      setTimeout(() => terminal.kill('SIGKILL'), 20_000).unref();
    });
    terminal.onExit(() => {
      if (at === undefined) reject(new Error(`${command.join(' ')} never showed ${text}:\n${seen}`));
      else resolve(at);
    });
  });
}
