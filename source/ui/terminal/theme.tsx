import {createContext} from 'react';
import type {TextProps} from 'ink';
import type {Tone} from '../../text/line.ts';
import {isAscii, wantsColor} from './capabilities.ts';

/** Abilities of the terminal. */
export interface Theme {
  readonly color: boolean;
  readonly ascii: boolean;
}

type Look = Pick<TextProps, 'color' | 'backgroundColor' | 'bold' | 'dimColor'>;

/**
 * Only the terminal's 16 colors, so that its palette keeps them readable. Text to read keeps the terminal's
 * color. Colors are for signs and badges, and no two meanings differ by color alone.
 */
const colored: Readonly<Record<Tone, Look>> = {
  title: {bold: true},
  accent: {color: 'cyan', bold: true},
  good: {color: 'green'},
  busy: {color: 'cyan'},
  warning: {color: 'yellow', bold: true},
  bad: {color: 'red', bold: true},
  quiet: {dimColor: true},
  // Sets both colors: one of them alone is unreadable on some backgrounds.
  badge: {color: 'black', backgroundColor: 'cyan'},
  alarm: {color: 'white', backgroundColor: 'red', bold: true},
  selected: {bold: true},
};

export function look(tone: Tone | undefined, theme: Theme): Look {
  return tone === undefined || !theme.color ? {} : colored[tone];
}

/** A badge is a word on a colored ground; without color, in brackets. */
export function badgeText(text: string, tone: Tone | undefined, theme: Theme): string {
  return (tone === 'badge' || tone === 'alarm') && !theme.color ? `[${text.slice(1, -1)}]` : text;
}

/** Reads the theme off the environment. */
export function themeFrom(env: {readonly [name: string]: string | undefined}): Theme {
  return {color: wantsColor(env), ascii: isAscii(env)};
}

export const ThemeContext = createContext<Theme>({color: true, ascii: false});
