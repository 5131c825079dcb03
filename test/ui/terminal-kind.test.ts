import {describe, expect, test} from 'vitest';
import {
  isAscii,
  movesCursor,
  wantsColor,
  withoutSynchronizedUpdates,
} from '../../source/ui/terminal/capabilities.ts';
import {look, themeFrom} from '../../source/ui/terminal/theme.tsx';

describe('color', () => {
  test.each([
    [{}, true],
    [{NO_COLOR: '1'}, false],
    [{NO_COLOR: ''}, true],
    [{NO_COLOR: '1', FORCE_COLOR: '1'}, true],
    [{FORCE_COLOR: '0'}, false],
    [{FORCE_COLOR: 'false'}, false],
    [{TERM: 'dumb'}, false],
    [{TERM: 'vt100'}, false],
    [{TERM: 'vt220'}, false],
    [{TERM: 'ansi'}, false],
    [{TERM: 'nobody-knows'}, false],
    [{TERM: 'nobody-knows-256color'}, true],
    [{TERM: 'vt100', FORCE_COLOR: '1'}, true],
    [{TERM: 'xterm'}, true],
    [{TERM: 'linux'}, true],
    [{TERM: 'st-256color'}, true],
  ])('with %j: %s', (env, wanted) => {
    expect(wantsColor(env)).toBe(wanted);
  });

  test('is one of the terminal’s own sixteen, by name', () => {
    const theme = {color: true, ascii: false};
    const tones = [
      'title',
      'accent',
      'good',
      'busy',
      'warning',
      'bad',
      'quiet',
      'badge',
      'alarm',
      'selected',
    ] as const;
    for (const tone of tones) {
      const {color = 'red', backgroundColor = 'red'} = look(tone, theme);
      expect(['black', 'red', 'green', 'yellow', 'cyan', 'white']).toContain(color);
      expect(['red', 'cyan']).toContain(backgroundColor);
    }
  });

  test('is nothing at all where it is not wanted', () => {
    expect(look('alarm', themeFrom({NO_COLOR: '1', LANG: 'C.UTF-8'}))).toEqual({});
  });
});

describe('signs', () => {
  test.each([
    [{LANG: 'C'}, true],
    [{}, true],
    [{LANG: 'en_GB.UTF-8'}, false],
    [{LANG: 'C.utf8'}, false],
    [{LANG: 'en_GB.UTF-8', LC_ALL: 'C'}, true],
    [{LANG: 'C', LC_CTYPE: 'C.UTF-8'}, false],
    [{LANG: 'C.UTF-8', TERM: 'linux'}, true],
    [{LANG: 'C.UTF-8', TERM: 'vt100'}, true],
    [{LANG: 'C.UTF-8', TERM: 'ansi'}, true],
    [{LANG: 'C.UTF-8', TERM: 'screen'}, false],
    [{LANG: 'C.UTF-8', TERM: 'tmux-256color'}, false],
  ])('are ASCII with %j: %s', (env, ascii) => {
    expect(isAscii(env)).toBe(ascii);
  });
});

describe('a full screen', () => {
  test.each([
    [{}, process.platform === 'win32'],
    [{TERM: ''}, process.platform === 'win32'],
    [{TERM: 'dumb'}, false],
    [{TERM: 'unknown'}, false],
    [{TERM: 'vt100'}, true],
    [{TERM: 'xterm-256color'}, true],
  ])('can be shown with %j: %s', (env, can) => {
    expect(movesCursor(env)).toBe(can);
  });

  test('sends a basic terminal no marks of synchronized updates', () => {
    let written = '';
    const stdout = {
      write(chunk: string) {
        written += chunk;
        return true;
      },
    } as unknown as NodeJS.WriteStream;
    withoutSynchronizedUpdates(stdout);
    stdout.write('\u001B[?2026hone\u001B[?2026l\u001B[?25h');
    expect(written).toBe('one\u001B[?25h');
  });
});
