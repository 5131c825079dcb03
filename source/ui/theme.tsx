import {createContext} from 'react';
import type {TextProps} from 'ink';
import type {Tone} from './line.ts';

/** What the terminal can show. */
export interface Theme {
  readonly colour: boolean;
  readonly ascii: boolean;
}

type Look = Pick<TextProps, 'color' | 'bold' | 'dimColor' | 'inverse'>;

/** Named colours only: they follow the terminal's own palette, so light and dark backgrounds both stay readable. */
const coloured: Readonly<Record<Tone, Look>> = {
  title: {bold: true},
  accent: {color: 'cyan'},
  good: {color: 'green'},
  busy: {color: 'cyan'},
  warning: {color: 'yellow'},
  bad: {color: 'red', bold: true},
  quiet: {dimColor: true},
  badge: {color: 'cyan', inverse: true, bold: true},
  alarm: {color: 'red', inverse: true, bold: true},
  selected: {bold: true},
};

export function look(tone: Tone | undefined, theme: Theme): Look {
  if (tone === undefined) return {};
  if (theme.colour) return coloured[tone];
  const {color: _colour, ...rest} = coloured[tone];
  return rest;
}

/** Reads the theme off the environment. */
export function themeFrom(env: {readonly [name: string]: string | undefined}): Theme {
  const locale = env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || '';
  const utf8 = /utf-?8/i.test(locale);
  const term = env['TERM'] ?? '';
  return {
    colour: !env['NO_COLOR'] && term !== 'dumb',
    ascii: !utf8 || term === 'dumb' || term === 'linux',
  };
}

export const ThemeContext = createContext<Theme>({colour: true, ascii: false});
