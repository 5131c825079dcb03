import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {expect, test} from 'vitest';
import {FaultFileError, loadFaults} from '../../source/simulator/fault-file.ts';
import {faultPicker, type FaultRule} from '../../source/simulator/faults.ts';

function file(text: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'handrail-faults-')), 'rules.yaml');
  writeFileSync(path, text);
  return path;
}

const target = {service: 'iam', operation: 'GetRole', region: 'us-east-1'};

/** What the first requests meet. */
function met(rules: readonly FaultRule[], requests: number): readonly (string | undefined)[] {
  const pick = faultPicker(rules);
  return Array.from({length: requests}, () => pick(target));
}

test('a file of rules reads as it is written', () => {
  const rules = loadFaults(
    file(
      [
        '# the first two, then every fourth',
        '- {service: iam, operation: GetRole, first: 2, fault: throttle}',
        '- {region: us-east-1, every: 4, fault: [reset, hang]}',
        '- {region: eu-west-1, always: true, fault: deniedByScp}',
      ].join('\n'),
    ),
  );
  expect(met(rules, 8)).toEqual([
    'throttle',
    'throttle',
    undefined,
    'reset',
    undefined,
    undefined,
    undefined,
    'hang',
  ]);
});

const share = (seed: number) => met([{share: 0.2, seed, fault: 'throttle'}], 1000);

test('a share of the requests is spoiled by chance, and the same ones for the same seed', () => {
  const spoiled = share(7).filter((fault) => fault !== undefined).length;
  expect(spoiled).toBeGreaterThan(150);
  expect(spoiled).toBeLessThan(250);
  expect(share(7)).toEqual(share(7));
  expect(share(7)).not.toEqual(share(8));
});

test.each([
  ['- {fault: throttle}', /exactly one of first, every, share and always/],
  ['- {first: 1, every: 2, fault: throttle}', /exactly one/],
  ['- {always: true, fault: sunspots}', /0\.fault/],
  ['- {always: true, fault: throttle, regoin: eu-west-1}', /regoin/],
  ['always: true', /the file/],
  ['- [', /rules\.yaml/],
])('%s is refused, with what is wrong', (text, words) => {
  expect(() => loadFaults(file(text))).toThrow(FaultFileError);
  expect(() => loadFaults(file(text))).toThrow(words);
});

test('a file that is not there is said by its name', () => {
  expect(() => loadFaults('/does/not/exist.yaml')).toThrow(/exist\.yaml cannot be read: ENOENT/);
});
