import type {Report} from '../model.ts';
import {faultWords, isQuiet, sourceWords, truthWords, utc} from '../report-text.ts';
import {joined, type Phrase, type Section} from './section.ts';

/** Builds the section on each Region: its use at first and at last. */
export function regionsSection({regions, regionSource, notes}: Report): Section {
  const quiet = regions.filter(isQuiet);
  const rows = regions
    .filter((region) => !isQuiet(region))
    .map(({region, found, left, truth, waived}): readonly Phrase[] => [
      [{code: region}],
      [{code: looks(found)}],
      [{code: looks(left)}],
      [`${truthWords[truth]}${waived === undefined ? '' : ', waived'}`],
    ]);
  const names = joined(
    quiet.map(({region}) => [{code: region}]),
    ', ',
  );
  return {
    id: 'regions',
    title: `Regions (${regions.length})`,
    blocks: [
      {kind: 'text', text: [`The list: ${sourceWords[regionSource]}.`]},
      ...notes.map((note) => ({kind: 'text', text: ['Note: ', {data: note}]}) as const),
      ...(rows.length === 0
        ? []
        : [{kind: 'table', heading: ['Region', 'Found', 'Left', 'At the end'], rows} as const]),
      ...(quiet.length === 0
        ? []
        : [{kind: 'text', text: [`Found clear and left clear (${quiet.length}): `, ...names]} as const]),
    ],
  };
}

/** Formats checks by column: `Builds: 2 running; Schedules: 0 scheduled`. Empty where nothing was checked. */
function looks(found: Report['regions'][number]['found']): string {
  return Object.entries(found)
    .map(([column, {text, inUse}]) => `${column}: ${text === '' ? inUse : text}`)
    .join('; ');
}

/** Builds the section on Regions that stayed unknown: why, and who waived them. */
export function notLookedAtSection({notLookedAt, disabled = [], regionSource}: Report): Section {
  return {
    id: 'unknown',
    title: 'What could not be checked',
    blocks: [
      {
        kind: 'list',
        otherwise:
          regionSource === 'named'
            ? 'Nothing among the Regions that were named; no other Region was checked.'
            : 'Nothing: every Region was checked.',
        items: [
          ...notLookedAt.map(({region, fault, waived}) => ({
            text: ['Region ', {code: region}, ': ', ...reason(fault, waived), '; ', ...waiver(waived)],
          })),
          ...disabled.map((region) => ({
            text: ['Region ', {code: region}, ': disabled for this account; it keeps its resources'],
          })),
        ],
      },
    ],
  };
}

type NotLookedAt = Report['notLookedAt'][number];

function reason(fault: NotLookedAt['fault'], waived: NotLookedAt['waived']): Phrase {
  if (fault === undefined) return [waived === null ? 'no reason is known' : 'nobody wanted it checked'];
  const {word, said} = faultWords(fault);
  return [`${word}: `, {code: said}];
}

function waiver(waived: NotLookedAt['waived']): Phrase {
  if (waived === null) return [{strong: 'nobody waived it', tone: 'bad'}];
  const typed: Phrase = waived.typed === undefined ? [] : [', who typed ', {code: waived.typed}];
  return [`waived ${utc(waived.at)} by `, {code: waived.by}, ...typed];
}
