import type {Tone} from '../text/line.ts';
import type {StepView} from './step-progress.ts';

/** A sign and its tone. The sign alone carries the meaning. */
export interface Sign {
  readonly glyph: '✓' | '●' | '○' | '!' | '–' | '?' | '‖' | '·';
  readonly tone?: Tone;
}

export const signs = {
  done: {glyph: '✓', tone: 'good'},
  active: {glyph: '●', tone: 'accent'},
  todo: {glyph: '○', tone: 'quiet'},
  trouble: {glyph: '!', tone: 'bad'},
  retry: {glyph: '!', tone: 'warning'},
  nothing: {glyph: '·', tone: 'quiet'},
  skipped: {glyph: '–', tone: 'quiet'},
  paused: {glyph: '‖', tone: 'warning'},
  unknown: {glyph: '?', tone: 'warning'},
} as const satisfies Record<string, Sign>;

export function stepSign(state: StepView['state']): Sign {
  if (state === 'stopped') return signs.trouble;
  return signs[state];
}
