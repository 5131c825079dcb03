import {describe, expect, it} from 'vitest';
import {checkRunbook} from '../../../source/runbook/check/check.ts';
import {parseRunbook} from '../../../source/runbook/load/load.ts';
import {withSteps} from '../../runbook/marked-runbook.ts';
import {listOf, model, structure} from '../models.ts';
import {Turns} from '../turns.ts';

const text = structure({one: 'text'}).members().get('one')?.shape;
if (text === undefined) throw new Error('no shape');
const describeInstances = model('ec2:DescribeInstances', {
  input: structure({
    InstanceIds: listOf(text),
    Filters: listOf(structure({Name: 'text', Values: listOf(text)})),
  }),
});

/** A call of EC2 with these members, in a run whose input is an empty list. */
function sent(members: string): Turns {
  const operations = new Map([[describeInstances.name, describeInstances]]);
  return new Turns(`  - {id: look, title: Look, call: ec2:DescribeInstances, with: ${members}}\n`, {
    inputs: {ids: []},
    program: {operations},
  });
}

describe('a list that an expression made empty, in a request to EC2', () => {
  it.each([
    "{InstanceIds: '${{ inputs.ids }}'}",
    "{Filters: [{Name: instance-id, Values: '${{ inputs.ids }}'}]}",
    '{Filters: \'${{ [{Name: `"instance-id"`, Values: inputs.ids}] }}\'}',
  ])('is not sent: %s', (members) => {
    const turns = sent(members);
    expect(turns.calls()).toEqual([]);
    expect(turns.lane().fault).toMatchObject({kind: 'unsafe'});
    expect(turns.lane().fault?.message).toMatch(
      /has an empty list, which EC2 takes for no \w+ at all; leave the step out/,
    );
  });

  it('is sent where optional() says that everything is meant', () => {
    const turns = sent("{InstanceIds: '${{ optional(inputs.ids) }}'}");
    expect(turns.calls()).toHaveLength(1);
  });
});

it('an empty list that is written out for EC2 is refused by check', async () => {
  const loaded = parseRunbook(
    'test.yaml',
    withSteps('  - {id: look, title: Look, call: ec2:DescribeInstances, with: {InstanceIds: []}}\n'),
  );
  const {problems} = await checkRunbook(loaded, async () => ({model: describeInstances}));
  expect(problems.map(({message}) => message)).toEqual([
    'InstanceIds of ec2:DescribeInstances is an empty list, which EC2 takes for none at all: leave it out where everything is meant',
  ]);
});
