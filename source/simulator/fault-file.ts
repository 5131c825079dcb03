import {readFileSync} from 'node:fs';
import {parseDocument} from 'yaml';
import {z} from 'zod';
import {faultRule, type FaultRule} from './faults.ts';

/** A rule file that cannot be used. The message names the file and the bad value in it. */
export class FaultFileError extends Error {
  override readonly name = 'FaultFileError';
}

/**
 * Reads fault rules from a YAML file: a list, as in a scenario's `faults`. Throws {@link FaultFileError}.
 *
 *     - {service: iam, first: 3, fault: throttle}
 *     - {operation: ListImagePipelines, region: eu-west-1, always: true, fault: deniedByScp}
 *     - {share: 0.2, seed: 7, fault: [throttle, reset, html503]}
 */
export function loadFaults(file: string): readonly FaultRule[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new FaultFileError(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code}`);
  }
  const document = parseDocument(text);
  const problem = document.errors[0];
  if (problem !== undefined) throw new FaultFileError(`${file}: ${problem.message}`);
  const result = z.array(faultRule).safeParse(document.toJS());
  if (result.success) return result.data;
  const issues = result.error.issues.map(({path, message}) => `${path.join('.') || 'the file'}: ${message}`);
  throw new FaultFileError(`${file}: ${issues.join('; ')}`);
}
