import {describe, expect, it} from 'vitest';
import {check, problemsIn, withSteps} from './marked-runbook.ts';

const who = '  - {id: who, title: Who, call: sts:GetCallerIdentity}\n';
const images =
  '  - {id: images, title: Images, scope: region, call: imagebuilder:ListImages, output: "${{ imageVersionList }}"}\n';

describe('a result', () => {
  it('reaches every step: the account’s by its output, a Region’s by Region', async () => {
    const head = [
      'result:',
      '  message: in ${{ steps.who.output.Account }}, ${{ length(steps.images.byRegion[].output[]) }} images',
      '  sections:',
      '    - title: Images',
      "      lines: '${{ steps.images.byRegion[].region }}'",
      '',
    ].join('\n');
    expect(await problemsIn(withSteps(`${who}${images}`, head))).toEqual([]);
  });

  it.each([
    ['a step that is not there', "result: {message: '${{ steps.»none.output }}'}\n", /none/],
    ['a member that is not there', "result: {message: '${{ steps.who.output.»Acount }}'}\n", /Acount/],
    ['a Region’s output at the end', "result: {message: '${{ steps.images.»output }}'}\n", /byRegion/],
    ['a section without lines', 'result: {sections: [»{title: T}]}\n', /lines/],
  ])('is checked: %s', async (_, head, message) => {
    const {problems, marked} = await check(withSteps(`${who}${images}`, head));
    expect(problems.map(({message: said}) => said).join('\n')).toMatch(message);
    expect(problems.map(({line, column}) => `${line}:${column}`)).toEqual([marked]);
  });
});
