import {isObject} from '../../data/json.ts';
import type {Fault} from '../../engine/model/fault.ts';
import type {AwsPort, CalendarAnswer, CalendarPort} from '../../engine/model/ports.ts';

/** Asks Systems Manager about change calendars. One of another Region is asked there. */
export function calendarPort(aws: Pick<AwsPort, 'call'>): CalendarPort {
  return {
    async stateOf(calendar, signal) {
      const region = /^arn:[^:]+:ssm:([a-z0-9-]+):/.exec(calendar)?.[1];
      const outcome = await aws.call(
        {
          operation: 'ssm:GetCalendarState',
          input: {CalendarNames: [calendar]},
          ...(region === undefined ? {} : {region}),
        },
        signal,
      );
      return outcome.ok ? answerIn(outcome.output) : {state: 'UNKNOWN', fault: withRemedy(outcome.fault)};
    },
  };
}

function answerIn(output: unknown): CalendarAnswer {
  const {State: state, NextTransitionTime: next} = isObject(output as never)
    ? (output as {readonly [member: string]: unknown})
    : {};
  if (state !== 'OPEN' && state !== 'CLOSED') return garbled(`State is ${JSON.stringify(state)}`);
  if (next === undefined) return {state};
  const nextTransitionTime = Date.parse(String(next));
  return Number.isNaN(nextTransitionTime)
    ? garbled(`NextTransitionTime is ${JSON.stringify(next)}`)
    : {state, nextTransitionTime};
}

function withRemedy(fault: Fault): Fault {
  if (fault.name.startsWith('InvalidDocument')) {
    const remedy = 'name a change calendar of this account and Region, or one of elsewhere by its ARN';
    return {...fault, remedy};
  }
  if (fault.kind !== 'denied') return fault;
  return {
    ...fault,
    remedy: 'it takes ssm:GetCalendarState: handrail permissions RUNBOOK --calendar prints it',
  };
}

function garbled(what: string): CalendarAnswer {
  const message = `the answer of ssm:GetCalendarState is not understood: ${what}`;
  return {state: 'UNKNOWN', fault: {kind: 'garbled', name: 'UnexpectedAnswer', message}};
}
