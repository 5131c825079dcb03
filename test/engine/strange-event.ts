import * as fc from 'fast-check';
import type {Event} from '../../source/engine/model/events.ts';
import {buildArn, pipelineArn} from './small-world.ts';

const step = fc.constantFrom(
  'role',
  'builds',
  'cancel',
  'schedules',
  'delete',
  'deleted',
  'nowhere',
  '__proto__',
  '',
);
const region = fc.constantFrom('eu-west-1', 'us-east-1', 'xx-none-1', '__proto__', 'constructor');
const item = fc.constantFrom('', buildArn('a'), pipelineArn('one'), '__proto__');
const call = fc.nat(200);
const at = fc.nat();
const fault = fc.constant({kind: 'transient', name: 'Strange', message: 'strange'} as const);
const place = fc.oneof(fc.record({step}), fc.record({step, region}));
const usage = fc.array(fc.record({region, resource: fc.string()}), {maxLength: 2});

/** An event of a journal that is not this run's: right in its form, wrong in all that it names. */
export const strangeEvent: fc.Arbitrary<Event> = fc
  .tuple(
    at,
    place,
    fc.oneof(
      fc.record({
        type: fc.constant('step-started'),
        items: fc.array(fc.record({key: item, value: fc.jsonValue()}), {maxLength: 3}),
      }),
      fc.record({type: fc.constant('step-skipped'), why: fc.string()}),
      fc.record({
        type: fc.constant('call-started'),
        call,
        item,
        phase: fc.constantFrom('call', 'read', 'write', 'verify', 'poll'),
        operation: fc.constant('iam:DeleteServiceLinkedRole'),
        effect: fc.constantFrom('read', 'change'),
        attempt: fc.nat(9),
        page: fc.nat(9),
        input: fc.jsonValue(),
      }),
      fc.record({type: fc.constant('call-succeeded'), call, ms: fc.nat(), output: fc.jsonValue()}),
      fc.record({type: fc.constant('call-failed'), call, ms: fc.nat(), fault, held: fc.boolean()}),
      fc.record({type: fc.constant('item-done'), item, output: fc.jsonValue(), happened: fc.constant('x:Y')}),
      fc.record({type: fc.constant('item-failed'), item, fault, usage}),
      fc.record({type: fc.constant('step-succeeded'), output: fc.jsonValue(), inUse: fc.nat(3)}),
      fc.record({type: fc.constant('step-failed'), fault}),
      fc.record({
        type: fc.constant('went-back'),
        to: step,
        visit: fc.nat(9),
        maxVisits: fc.nat(9),
        resumeAt: at,
        fault,
        usage,
      }),
      fc.record({type: fc.constant('answered'), accepted: fc.boolean(), by: fc.string()}),
      fc.record({type: fc.constant('interrupted'), signal: fc.string()}),
      fc.record({
        type: fc.constant('resumed'),
        by: fc.string(),
        versions: fc.constant({}),
        lookAgainFrom: step,
      }),
      fc.record({type: fc.constant('paused'), why: fc.constantFrom('operator', 'credentials')}),
      fc.record({type: fc.constant('continued'), by: fc.string()}),
      fc.record({type: fc.constant('retried'), by: fc.string()}),
      fc.record({type: fc.constant('waived'), region, by: fc.string()}),
      fc.record({
        type: fc.constant('run-ended'),
        status: fc.constantFrom('done', 'failed', 'blocked'),
        message: fc.string(),
      }),
    ),
  )
  .map(([at, place, happening]) => ({...place, ...happening, at}) as unknown as Event);
