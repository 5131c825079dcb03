import {expect, it} from 'vitest';
import {lookUp} from '../../source/aws/catalogue/operation-models.ts';
import {timeOf} from '../../source/runbook/expression/times.ts';
import {misfit} from '../../source/runbook/request-value.ts';
import type {Json, JsonObject} from '../../source/data/json.ts';

async function wrongIn(operation: string, members: JsonObject): Promise<string | undefined> {
  const found = await lookUp(operation);
  if (!('model' in found)) throw new Error(found.message);
  return misfit(members, found.model.input);
}

it.each<[string, JsonObject, RegExp]>([
  ['ssm:SendCommand', {InstanceIds: 'i-1'}, /^InstanceIds is a list, not a text$/],
  ['ssm:SendCommand', {InstanceIds: ['i-1', 2]}, /^InstanceIds\[1\] is a text, not a number$/],
  ['ssm:SendCommand', {Targets: [{Key: 'a', Values: 'b'}]}, /^Targets\[0\]\.Values is a list, not a text$/],
  ['ssm:SendCommand', {Targets: [{Keys: 'a'}]}, /^Targets\[0\] has no member Keys$/],
  ['ssm:SendCommand', {Parameters: {a: 'b'}}, /^Parameters\.a is a list, not a text$/],
  ['ssm:SendCommand', {TimeoutSeconds: 2 ** 53}, /^TimeoutSeconds cannot be sent exactly/],
  ['ssm:CreateActivation', {ExpirationDate: 'soon'}, /^ExpirationDate is a time, .*, not this text$/],
  ['ssm:CreateActivation', {Tags: [{Key: 'a'}]}, /^Tags\[0\] needs Value$/],
])('%s with %j is not sent', async (operation, members, words) => {
  expect(await wrongIn(operation, members)).toMatch(words);
});

it.each<[string, JsonObject]>([
  ['ssm:SendCommand', {InstanceIds: [], Parameters: {a: ['b']}, Targets: [{Key: 'a', Values: null}]}],
  ['ssm:CreateActivation', {ExpirationDate: '2026-11-27T08:00:00.000Z', Unknown: 1}],
  ['ssm:CreateActivation', {ExpirationDate: '<secret until 0a1b2c3d>'}],
  ['ssm:CreateActivation', {ExpirationDate: '<secret until 0a1b2c3d base64>'}],
])('%s with %j is sent', async (operation, members) => {
  expect(await wrongIn(operation, members)).toBeUndefined();
});

it.each(['2026-11-27', '2026-11-27T08:00Z', '2026-11-27T08:00:00.123456789+05:30', '2028-02-29'])(
  '%s is a time',
  (text) => {
    expect(timeOf(text)).toBe(Date.parse(text));
  },
);

it.each<Json>([
  '',
  'next tuesday',
  '2026-11-27T08:00:00',
  '2026-02-29',
  '2026-13-01',
  '2026-11-27T24:00Z',
  '1764230400',
  'Nov 27 2026',
])('%j is no time', (text) => {
  expect(timeOf(String(text))).toBeUndefined();
});
