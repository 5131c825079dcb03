/** Environment variables. */
export type Env = {readonly [name: string]: string | undefined};

/** Terminals that show colors and ignore unknown sequences, such as the marks of a synchronized update. */
const modern =
  /color|direct|^(xterm|screen|tmux|rxvt|linux|alacritty|foot|kitty|wezterm|ghostty|konsole|iterm|contour|st|gnome|vte|putty|mintty|cygwin|nsterm|eterm|cons25)\b/i;

/**
 * Returns true if the cursor can be moved: not on an unnamed terminal, except on Windows, where none has a
 * name.
 */
export function movesCursor({TERM: term = ''}: Env): boolean {
  return !['', 'dumb', 'unknown'].includes(term) || (term === '' && process.platform === 'win32');
}

/** Returns true if the terminal's name promises only a movable cursor, as vt100 does. */
export function isBasic({TERM: term}: Env): boolean {
  return term !== undefined && term !== '' && !modern.test(term);
}

/** NO_COLOR with any value means no; FORCE_COLOR outdoes it, and means no itself when it is 0 or false. */
export function wantsColor(env: Env): boolean {
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return !env['NO_COLOR'] && !isBasic(env);
}

/** Returns true if only ASCII can be shown, by the locale or by the terminal's known limits. */
export function isAscii(env: Env): boolean {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  return !/utf-?8/i.test(locale) || isBasic(env) || env['TERM'] === 'linux';
}

/** Keeps Ink's marks of synchronized updates from a terminal that might show them. */
export function withoutSynchronizedUpdates(stdout: NodeJS.WriteStream): void {
  const write = stdout.write.bind(stdout) as (chunk: unknown, ...rest: readonly unknown[]) => boolean;
  stdout.write = (chunk: unknown, ...rest: readonly unknown[]) =>
    // oxlint-disable-next-line no-control-regex
    write(typeof chunk === 'string' ? chunk.replaceAll(/\u001B\[\?2026[hl]/g, '') : chunk, ...rest);
}
