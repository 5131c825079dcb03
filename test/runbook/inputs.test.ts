import {describe, expect, it} from 'vitest';
import {inputSources, secretsAgain} from '../../source/runs/answers/input-sources.ts';
import {InvalidInput, inputValues, maskedInputs} from '../../source/runbook/inputs.ts';
import {parseRunbook} from '../../source/runbook/load/load.ts';
import {Secret} from '../../source/runbook/secret.ts';
import {withSteps} from './marked-runbook.ts';

const {runbook} = parseRunbook(
  'test.yaml',
  withSteps(
    '  - {id: who, title: Who, call: sts:GetCallerIdentity}\n',
    `inputs:
  text: {type: string, default: x}
  choice: {type: string, enum: [one, two], default: one}
  count: {type: number, default: 3, minimum: 1, maximum: 5}
  flag: {type: boolean, default: false}
  names: {type: list, default: []}
  places: {type: regions, default: [eu-west-1]}
  token: {type: secret}
`,
  ),
);
const sources = inputSources({TOKEN: 's3cret'});
const values = (...given: string[]) => inputValues(runbook, ['token=env:TOKEN', ...given], sources);

describe('inputs', () => {
  it('have the types that the runbook says', () => {
    const given = values('text=a=b', 'choice=two', 'count=4', 'flag=true', 'names=a, b,', 'places=us-east-1');
    expect(maskedInputs(given)).toMatchObject({
      text: 'a=b',
      choice: 'two',
      count: 4,
      flag: true,
      names: ['a', 'b'],
      places: ['us-east-1'],
    });
  });

  it.each([
    ['choice=three', /one of one, two/],
    ['choice=', /one of one, two, not an empty text/],
    ['count=6', /from 1 to 5/],
    ['count=', /a number/],
    ['flag=yes', /true or false/],
    ['places=europe', /names of Regions/],
    ['txt=x', /did you mean text/],
    ['text', /name=value/],
  ])('refuse %s', (given, words) => {
    expect(() => values(given)).toThrow(InvalidInput);
    expect(() => values(given)).toThrow(words);
  });

  it('that have no default are needed', () => {
    expect(() => inputValues(runbook, [], sources)).toThrow(/input token is needed/);
  });
});

describe('a secret input', () => {
  it('is pointed at, never typed', () => {
    expect(() => inputValues(runbook, ['token=s3cret'], sources)).toThrow(/env:VARIABLE/);
    expect(() => inputValues(runbook, ['token=env:NOPE'], sources)).toThrow(/no environment variable NOPE/);
    expect(() => inputValues(runbook, ['token=file:/no/such/file'], sources)).toThrow(
      /cannot be read: ENOENT/,
    );
  });

  it('shows as its mask wherever it is written', () => {
    const {token} = values();
    if (!(token instanceof Secret)) throw new Error('no secret');
    expect(JSON.stringify({token})).toMatch(/^\{"token":"<secret token [0-9a-f]{8}>"\}$/);
    expect(`${Object.values(token).join()}${String(maskedInputs(values())['token'])}`).not.toContain(
      's3cret',
    );
    expect(token.reveal(`a ${token.mask} b`)).toBe('a s3cret b');
    expect(token.conceal('a s3cret b')).toBe(`a ${token.mask} b`);
  });

  it('is given again when a run goes on, under the mask that the journal has', () => {
    const masks = {token: '<secret token 12345678>'};
    const [token] = secretsAgain(runbook, masks, ['token=env:TOKEN'], {TOKEN: 's3cret'});
    expect(token?.reveal('<secret token 12345678>')).toBe('s3cret');
    expect(() => secretsAgain(runbook, masks, [], {})).toThrow(/give it again/);
    expect(() => secretsAgain(runbook, masks, ['text=x'], {})).toThrow(/cannot be set now/);
  });
});
