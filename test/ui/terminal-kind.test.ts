import {describe, expect, test} from 'vitest';
import {isAscii, wantsColour} from '../../source/ui/terminal/capabilities.ts';
import {look, themeFrom} from '../../source/ui/terminal/theme.tsx';

describe('colour', () => {
  test.each([
    [{}, true],
    [{NO_COLOR: '1'}, false],
    [{NO_COLOR: ''}, true],
    [{NO_COLOR: '1', FORCE_COLOR: '1'}, true],
    [{FORCE_COLOR: '0'}, false],
    [{FORCE_COLOR: 'false'}, false],
    [{TERM: 'dumb'}, false],
  ])('with %j: %s', (env, wanted) => {
    expect(wantsColour(env)).toBe(wanted);
  });

  test('is one of the terminal’s own sixteen, by name', () => {
    const theme = {colour: true, ascii: false};
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
    [{LANG: 'C.UTF-8', TERM: 'screen'}, false],
    [{LANG: 'C.UTF-8', TERM: 'tmux-256color'}, false],
  ])('are ASCII with %j: %s', (env, ascii) => {
    expect(isAscii(env)).toBe(ascii);
  });
});
