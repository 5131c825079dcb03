import {createContext} from 'react';
import type {TextProps} from 'ink';
import type {Tone} from '../../text/line.ts';
import {isAscii, wantsColour} from './capabilities.ts';

/** What the terminal can show. */
export interface Theme {
  readonly colour: boolean;
  readonly ascii: boolean;
}

type Look = Pick<TextProps, 'color' | 'backgroundColor' | 'bold' | 'dimColor'>;

/**
 * The terminal's own 16 colours only, so that its palette decides what is readable. Text that has to be read keeps the
 * terminal's own colour; colours are for signs and badges, and no two meanings differ by colour alone.
 */
const coloured: Readonly<Record<Tone, Look>> = {
  title: {bold: true},
  accent: {color: 'cyan', bold: true},
  good: {color: 'green'},
  busy: {color: 'cyan'},
  warning: {color: 'yellow', bold: true},
  bad: {color: 'red', bold: true},
  quiet: {dimColor: true},
  // Both colours are named: one of them alone is unreadable on some backgrounds.
  badge: {color: 'black', backgroundColor: 'cyan'},
  alarm: {color: 'white', backgroundColor: 'red', bold: true},
  selected: {bold: true},
};

export function look(tone: Tone | undefined, theme: Theme): Look {
  return tone === undefined || !theme.colour ? {} : coloured[tone];
}

/** A badge is a word on a ground of its own colour; where there is no colour, in brackets. */
export function badgeText(text: string, tone: Tone | undefined, theme: Theme): string {
  return (tone === 'badge' || tone === 'alarm') && !theme.colour ? `[${text.slice(1, -1)}]` : text;
}

/** Reads the theme off the environment. */
export function themeFrom(env: {readonly [name: string]: string | undefined}): Theme {
  return {colour: wantsColour(env), ascii: isAscii(env)};
}

export const ThemeContext = createContext<Theme>({colour: true, ascii: false});
