import {describe, expect, it} from 'vitest';
import {durationOf} from '../../source/runbook/expression/durations.ts';
import {check, problemsIn, withSteps} from './marked-runbook.ts';

function pause(written: string, more = ''): string {
  return withSteps(
    `  - {id: who, title: Who, call: sts:GetCallerIdentity}\n  - {id: rest, title: Rest, ${more}pause: ${written}}\n`,
    'inputs: {days: {type: number, default: 14, description: Days.}, end: {type: string, default: x, description: End.}}\n',
  );
}

describe('a pause', () => {
  it.each([
    '{for: 90s}',
    '{for: 1d12h}',
    '{for: PT36H}',
    "{for: \"${{ join('', [to_string(inputs.days), 'd']) }}\"}",
    '{until: 2026-12-01T09:00:00Z}',
    "{until: '2026-12-01T09:00:00+01:00'}",
    '{until: "${{ inputs.end }}"}',
  ])('written as %s has no problem', async (written) => {
    expect(await problemsIn(pause(written))).toEqual([]);
  });

  it.each([
    ['{for: »90}', /in quotes|text/],
    ["{for: »'90'}", /lacks a unit: write 90s/],
    ['{for: »soon}', /"soon" is no duration: write 90s, 10m/],
    ['{for: »P1M}', /months and years differ in length; write days/],
    ['{for: »0s}', /a pause of no time is none/],
    ['{for: »400d}', /366 days at most/],
    ['{for: "${{ »inputs.days }}"}', /a duration such as 10m is needed here, and this is a number/],
    ["{for: »'${{ inputs.end }}m'}", /write one expression/],
    ['{until: »tomorrow}', /is no time: write such as 2026-12-01T09:00:00Z/],
    ["{until: »'2026-12-01T09:00:00'}", /lacks its offset from UTC/],
    ['{until: »2026-02-30T00:00:00Z}', /is no time/],
    ['{until: "${{ »inputs.days }}"}', /a time is needed here, and this is a number/],
    ['»{}', /has `for`, how long it lasts, or `until`/],
    ['»{for: 1m, until: 2026-12-01T09:00:00Z}', /one of them/],
  ])('written as %s is refused', async (written, words) => {
    const {problems, marked} = await check(pause(written));
    const [problem] = problems;
    expect(problem?.message).toMatch(words);
    expect(`${problem?.line}:${problem?.column}`).toBe(marked);
  });

  it.each([
    ['»forEach: "${{ inputs.days }}", ', /a pause is made once/],
    ['»timeoutSeconds: 5, ', /a pause ends by itself/],
    ['scope: region, »column: Rest, ', /a pause looks at nothing/],
    ['»alongside: true, ', /rest is neither/],
  ])('with %s is refused', async (more, words) => {
    const {problems, marked} = await check(pause('{for: 1m}', more));
    expect(problems.map(({message}) => message).join('\n')).toMatch(words);
    expect(problems.map(({line, column}) => `${line}:${column}`)).toContain(marked);
  });
});

it('a duration counts weeks to seconds, and ISO 8601 says the same', () => {
  const day = 86_400_000;
  const known: Readonly<Record<string, number>> = {
    '90s': 90_000,
    '90m': 5_400_000,
    '36h': 1.5 * day,
    '14d': 14 * day,
    '2w': 14 * day,
    '1d12h30m5s': 1.5 * day + 1_805_000,
    P14D: 14 * day,
    P2W: 14 * day,
    P1DT12H: 1.5 * day,
    PT90M: 5_400_000,
  };
  for (const [text, ms] of Object.entries(known)) expect([text, durationOf(text)]).toEqual([text, ms]);
  for (const text of ['', 'P', 'PT', 'P1DT', '1', '1 d', '-1d', '1.5h', '12h1d', '1D', 'P1Y', 'P1M', '1dd'])
    expect([text, durationOf(text)]).toEqual([text, undefined]);
});
