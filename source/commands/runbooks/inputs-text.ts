import {defined} from '../../data/defined.ts';
import type {Input} from '../../runbook/language/inputs.ts';
import type {Runbook} from '../../runbook/language/schema.ts';
import {show} from '../../text/show.ts';
import {wrap} from '../../text/width.ts';

/** Widest line of a description. */
const columns = 100;

/** Formats a runbook's inputs: name and values in a line, the description below. Empty for a runbook without any. */
export function inputsText({inputs}: Pick<Runbook, 'inputs'>): string {
  const names = Math.max(...Object.keys(inputs).map((name) => name.length));
  return Object.entries(inputs)
    .map(([name, input]) => {
      const about = wrap(input.description ?? '', columns).filter((line) => line !== '');
      return [`${name.padEnd(names)}  ${show(valuesOf(input))}`, ...about.map((line) => `  ${line}`)];
    })
    .flatMap((lines) => lines.map((line) => `  ${line}\n`))
    .join('');
}

/** The values that an input takes, and the one that it has when none is given. */
function valuesOf(input: Input): string {
  const {default: preset} = input as {default?: unknown};
  if (input.type === 'string' && input.enum?.length === 1 && input.enum[0] === preset)
    return `only ${preset}`;
  return `${kindOf(input)}, ${preset === undefined ? 'needed' : `default ${presetText(preset)}`}`;
}

/** The values that an input takes. */
export function kindOf(input: Input): string {
  switch (input.type) {
    case 'string':
      return input.enum === undefined ? 'text' : input.enum.map((one) => (one === '' ? "''" : one)).join('|');
    case 'number': {
      const {minimum, maximum} = defined({minimum: input.minimum, maximum: input.maximum});
      if (minimum !== undefined && maximum !== undefined) return `number ${minimum} to ${maximum}`;
      if (minimum !== undefined) return `number from ${minimum}`;
      return maximum === undefined ? 'number' : `number to ${maximum}`;
    }
    case 'boolean':
      return 'true|false';
    case 'list':
      return 'list';
    case 'regions':
      return 'Regions';
    case 'secret':
      return 'env:VARIABLE or file:PATH';
    case 'journal':
      return 'run id or journal file';
  }
}

function presetText(preset: unknown): string {
  if (Array.isArray(preset)) return preset.length === 0 ? 'none' : preset.join(',');
  return preset === '' ? "''" : String(preset);
}
