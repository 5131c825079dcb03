import type {NarratedEvent} from '../../wording/narrate/narrated-event.ts';
import type {Sign} from '../../wording/signs.ts';
import {timeOfDay} from '../../text/time.ts';

const words: Readonly<Record<Sign['glyph'], string>> = {
  '✓': 'Done',
  '●': 'Under way',
  '○': 'To come',
  '!': 'Attention',
  '–': 'Skipped',
  '?': 'Unknown',
  '‖': 'Paused',
  '·': 'Still',
};

/** A sentence about a run. */
export interface Said extends Omit<NarratedEvent, 'weight' | 'sign'> {
  /** Absent for neutral news. */
  readonly sign?: Pick<Sign, 'glyph'> | undefined;
  /** The account that it is about, in a fleet. */
  readonly account?: string | undefined;
}

/**
 * Formats a line for a screen reader: the kind of news first, then the place, then the news. Signs are spelled
 * out, and nothing is aligned with spaces. `Attention. Step cancel, Region eu-west-1: throttled. 12:04:11`
 */
export function spokenLine({at, account, step, region, sign, text}: Said): string {
  const kind = sign === undefined ? '' : `${words[sign.glyph]}. `;
  const places = [
    account === undefined ? '' : `Account ${account}`,
    step === undefined ? '' : `Step ${step}`,
    region === undefined ? '' : `Region ${region}`,
  ];
  const where = places.filter((place) => place !== '').join(', ');
  return `${kind}${where === '' ? '' : `${where}: `}${text.trim()}${/[.!?:]$/.test(text.trim()) ? '' : '.'} ${timeOfDay(at)}`;
}

/** Lines of labels and values without the signs and spaces that only the eye needs. */
export function withoutLayout(text: string): string {
  return text
    .split('\n')
    .map((line) =>
      line
        .trim()
        .replace(/^[✓●○!–?‖·] /, '')
        .replace(/ {2,}/, ': ')
        .replace(/ {2,}(· +)?/g, ', '),
    )
    .join('\n');
}
