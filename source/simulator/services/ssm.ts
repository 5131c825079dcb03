import {z} from 'zod';
import {pageOf} from '../pages.ts';
import {targetJson} from '../protocols/target-json.ts';
import {ServiceError} from '../service-error.ts';
import {validate} from '../validate.ts';
import type {Call, Operation, Service} from './service.ts';

const regionsPath = '/aws/service/global-infrastructure/services/imagebuilder/regions';

/** Regions of other partitions, which the real parameters list beside the commercial ones. */
const otherPartitions = ['cn-north-1', 'cn-northwest-1', 'us-gov-east-1', 'us-gov-west-1', 'eusc-de-east-1'];

const input = z.object({
  Path: z.string().min(1).max(2048),
  MaxResults: z.int().min(1).max(10).default(10),
  NextToken: z.string().optional(),
});

/** The public parameters that name Image Builder's Regions, in pages of at most 10. Other paths hold nothing. */
const getParametersByPath: Operation = (call) => {
  const {Path, MaxResults, NextToken} = validate(input, call.input, 'ValidationException');
  const names =
    Path.replace(/\/$/, '') === regionsPath ? [...call.account.regions.keys(), ...otherPartitions] : [];
  const page = pageOf(names, {
    subject: ['GetParametersByPath', Path],
    key: (name) => name,
    size: MaxResults,
    token: NextToken,
    invalidToken: () => new ServiceError('InvalidNextToken', 400, 'The specified token is not valid.'),
  });
  return {
    Parameters: page.items.map((name) => ({
      ARN: `arn:aws:ssm:${call.region}::parameter${regionsPath}/${name}`,
      DataType: 'text',
      // The JSON protocol writes a date as seconds since 1970.
      LastModifiedDate: 1_575_000_000,
      Name: `${regionsPath}/${name}`,
      Type: 'String',
      Value: name,
      Version: 1,
    })),
    NextToken: page.nextToken,
  };
};

const calendarInput = z.object({
  CalendarNames: z.array(z.string().min(1)).min(1),
  AtTime: z.string().optional(),
});

/** The state of change calendars: OPEN only where all that are named are. */
const getCalendarState: Operation = (call) => {
  const {CalendarNames, AtTime} = validate(calendarInput, call.input, 'ValidationException');
  const at = AtTime === undefined ? call.now : Date.parse(AtTime);
  const found = CalendarNames.map((name) => {
    const calendar = call.account.calendars.find((one) => isNamed(one, name, call));
    if (calendar === undefined)
      throw new ServiceError('InvalidDocument', 400, `Document with name ${name} does not exist.`);
    return stateAt(calendar, at);
  });
  const next = Math.min(...found.map((one) => one.next));
  return {
    State: found.every(({isOpen}) => isOpen) ? 'OPEN' : 'CLOSED',
    AtTime: isoTime(at),
    ...(next === Infinity ? {} : {NextTransitionTime: isoTime(next)}),
  };
};

type Calendar = Call['account']['calendars'][number];

function isNamed(
  {name, account: owner, region}: Calendar,
  wanted: string,
  {account, region: here}: Pick<Call, 'account' | 'region'>,
): boolean {
  if (region !== undefined && region !== here) return false;
  const id = owner ?? account.scenario.account.id;
  const arn = `arn:aws:ssm:${here}:${id}:document/${name}`;
  return wanted === arn || (wanted === name && owner === undefined);
}

function stateAt({state, turns}: Calendar, at: number): {readonly isOpen: boolean; readonly next: number} {
  const past = turns.filter((turn) => turn <= at).length;
  return {isOpen: (state === 'OPEN') === (past % 2 === 0), next: turns[past] ?? Infinity};
}

/** A moment as AWS writes it there: without fractions of a second. */
function isoTime(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
}

export const ssm: Service = {
  protocol: targetJson,
  operations: {GetParametersByPath: getParametersByPath, GetCalendarState: getCalendarState},
  errors: {
    throttle: ['ThrottlingException', 400],
    serviceUnavailable: ['ServiceUnavailableException', 503],
    internalError: ['InternalServerError', 500],
    accessDenied: 'AccessDeniedException',
    expiredToken: 'ExpiredTokenException',
    unrecognizedClient: 'UnrecognizedClientException',
    clockSkew: 'InvalidSignatureException',
  },
  regional: true,
};
