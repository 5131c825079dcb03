import type {Phrase} from './section.ts';

/** Formats the resource and the Region of a change or a failure: ` on NAME in REGION`. */
export function target({region, target}: {region?: string | undefined; target: string}): Phrase {
  return [
    ...(target === '' ? [] : [' on ', {code: target}]),
    ...(region === undefined ? [] : [' in ', {code: region}]),
  ];
}
