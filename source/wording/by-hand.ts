import {worksOf} from '../engine/evolve/active-steps.ts';
import type {Json} from '../data/json.ts';
import type {Lane} from '../engine/model/state.ts';

/** Services whose name in the AWS CLI differs from that of their client. */
const cliNames: Readonly<Record<string, string>> = {
  'cognito-identity-provider': 'cognito-idp',
  'config-service': 'configservice',
  'cost-explorer': 'ce',
  'database-migration-service': 'dms',
  'directory-service': 'ds',
  'elastic-load-balancing': 'elb',
  'elastic-load-balancing-v2': 'elbv2',
  eventbridge: 'events',
  'cloudwatch-events': 'events',
  'cloudwatch-logs': 'logs',
  's3-control': 's3control',
  sfn: 'stepfunctions',
};

/** Makes a request safe to send twice; the CLI makes its own. */
const token = /^(client(Request)?Token|idempotencyToken)$/i;

/** Returns the commands by which a person makes the changes that AWS refused in a lane. */
export function byHand(lane: Lane): readonly string[] {
  return worksOf(lane).flatMap(({items}) =>
    [...items].flatMap(({status, change, request}) =>
      status === 'failed' && change !== undefined && request !== undefined
        ? [cliCommand(change, request, lane.region)]
        : [],
    ),
  );
}

/** Formats a request as a command of the AWS CLI, quoted for a shell. */
export function cliCommand(operation: string, request: Json, region: string | undefined): string {
  const [service = '', name = ''] = operation.split(':');
  const words = ['aws', cliNames[service] ?? service, kebab(name)];
  if (region !== undefined) words.push('--region', quoted(region));
  const members =
    typeof request === 'object' && request !== null && !Array.isArray(request) ? Object.entries(request) : [];
  const given = members.filter(([member]) => !token.test(member));
  const plain = given.every(
    ([member, value]) =>
      /^[A-Za-z][a-z]*([A-Z][a-z]+)*$/.test(member) &&
      (typeof value === 'string' || typeof value === 'number'),
  );
  if (!plain) words.push('--cli-input-json', quoted(JSON.stringify(Object.fromEntries(given))));
  else for (const [member, value] of given) words.push(`--${kebab(member)}`, quoted(String(value)));
  return words.join(' ');
}

/** The CLI's own rule for its names: a hyphen before each capital that begins a word. */
function kebab(name: string): string {
  return name
    .replace(/(.)([A-Z][a-z]+)/g, '$1-$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase();
}

/** A word of a shell's command line. Single quotes keep everything but themselves as it is. */
function quoted(text: string): string {
  return /^[\w./:=@+-]+$/.test(text) && !text.startsWith('-') ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
