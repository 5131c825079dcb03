type Env = {readonly [name: string]: string | undefined};

/** NO_COLOR with any value means no; FORCE_COLOR outdoes it, and means no itself when it is 0 or false. */
export function wantsColour(env: Env): boolean {
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return !env['NO_COLOR'] && env['TERM'] !== 'dumb';
}

/** Whether only ASCII can be shown: the locale says so, or the terminal is known for it. */
export function isAscii(env: Env): boolean {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  return !/utf-?8/i.test(locale) || env['TERM'] === 'dumb' || env['TERM'] === 'linux';
}
