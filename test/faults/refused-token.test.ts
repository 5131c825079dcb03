import {expect, it} from 'vitest';
import {truthOf} from '../../source/engine/queries/region-truth.ts';
import {simulatedRun} from '../support/simulated-run.ts';

it('a token that one Region does not take makes that Region unknown: the run is not paused, the others are looked at', async () => {
  const faults = [
    {service: 'imagebuilder', region: 'eu-west-1', always: true, fault: 'unrecognizedClient'} as const,
  ];
  const run = await simulatedRun({faults, regions: ['eu-west-1', 'us-east-1']});
  expect(run.exitCode).toBe(4);
  expect(run.events.filter(({type}) => type === 'paused' || type === 'continued')).toEqual([]);
  const refused = run.state.lanes.get('eu-west-1');
  expect(refused?.fault).toMatchObject({
    kind: 'refused-token',
    remedy: expect.stringContaining('AWS_STS_REGIONAL_ENDPOINTS=regional') as string,
  });
  expect(refused && truthOf(run.state, refused)).toBe('unknown');
  expect(run.state.lanes.get('us-east-1')?.fault).toBeUndefined();
});
