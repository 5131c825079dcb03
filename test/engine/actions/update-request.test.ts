import {describe, expect, it} from 'vitest';
import {changedMembers, differences, updateRequests} from '../../../source/engine/actions/update-request.ts';
import type {Json} from '../../../source/data/json.ts';
import {freshItem} from '../../../source/engine/evolve/lane-updates.ts';
import {listOf, model, structure} from '../models.ts';
import {itemNamed} from '../turns.ts';

const write = model('box:UpdateBox', {
  effect: 'change',
  tokenMember: 'clientToken',
  input: structure({
    boxArn: 'text',
    label: 'text',
    tags: listOf(structure({})),
    size: structure({width: 'text', depth: 'text'}),
    clientToken: 'text',
  }),
});
const scope = {root: null, variables: {}};
const common = {
  kind: 'update',
  read: 'box:GetBox',
  with: {},
  resource: '${{ box }}',
  write: 'box:UpdateBox',
} as const;

const whole = {...common, with: {boxArn: 'b1'}};
const part = {...whole, partial: true};

function request(more: object, before: Json, identity: Record<string, Json> = {boxArn: 'b1'}): unknown {
  const item = {...freshItem(itemNamed('b1')), before};
  return updateRequests.complete?.({...common, ...more}, identity, {model: write, item, scope});
}

describe('the request of a full replacement', () => {
  const before = {label: 'Fragile', tags: ['a', 'b'], size: {width: '3', depth: '4'}, opened: 7};

  it('carries over all that the write takes, and nothing that it does not', () => {
    expect(request({}, before)).toEqual({
      boxArn: 'b1',
      label: 'Fragile',
      tags: ['a', 'b'],
      size: before.size,
    });
  });

  it('has the members that are set in place of those that were read, and lacks those that are removed', () => {
    expect(request({set: {label: 'Heavy'}, remove: ['tags']}, before)).toEqual({
      boxArn: 'b1',
      label: 'Heavy',
      size: before.size,
    });
  });

  it('drops empty texts, lists and maps: services answer with them, and refuse them when sent back', () => {
    const read = {label: '', tags: [], size: {width: '', depth: '4'}};
    expect(request({}, read)).toEqual({boxArn: 'b1', size: {depth: '4'}});
    expect(request({}, {label: null, tags: ['', 'a'], size: {width: ''}})).toEqual({
      boxArn: 'b1',
      tags: ['a'],
    });
  });

  it('keeps what is empty-looking and is not: 0 and false', () => {
    expect(request({}, {label: 0, tags: [false]})).toEqual({boxArn: 'b1', label: 0, tags: [false]});
  });

  it('empties a member that is set to an empty value, and carries no other empty one', () => {
    const emptied = {set: {label: ''}};
    expect(request(emptied, {label: 'Light', tags: []})).toEqual({boxArn: 'b1', label: ''});
    expect(request({partial: true, ...emptied}, before)).toEqual({boxArn: 'b1', label: ''});
    expect(differences(part, write, {boxArn: 'b1', label: ''}, {arn: 'b1', label: 'Light'})).toEqual([
      'label',
    ]);
    expect(differences(part, write, {boxArn: 'b1', label: ''}, {arn: 'b1'})).toEqual([]);
  });

  it('that is partial has only what identifies the resource and what is set', () => {
    expect(request({partial: true, set: {label: 'Heavy'}}, before)).toEqual({boxArn: 'b1', label: 'Heavy'});
  });

  it('is about the resource that was asked for, whatever the answer calls itself', () => {
    expect(request({}, {boxArn: 'other', label: 'x'})).toEqual({boxArn: 'b1', label: 'x'});
  });
});

describe('what is not as the write asked', () => {
  const sent = {boxArn: 'b1', label: 'Heavy', clientToken: 't'};

  it('is nothing when all is so: the token and what cannot be written do not count', () => {
    expect(differences(whole, write, sent, {arn: 'b1', label: 'Heavy', opened: 8})).toEqual([]);
  });

  it('is a member that differs, one that is missing and one that should be gone', () => {
    expect(differences(whole, write, sent, {arn: 'b1', label: 'Light'})).toEqual(['label']);
    expect(differences(whole, write, sent, {arn: 'b1'})).toEqual(['label']);
    expect(differences(whole, write, sent, {arn: 'b1', label: 'Heavy', tags: ['a']})).toEqual(['tags']);
  });

  it('is not an empty member that was left out', () => {
    expect(differences(whole, write, sent, {arn: 'b1', label: 'Heavy', tags: [], size: {width: ''}})).toEqual(
      [],
    );
  });

  it('is not, where the write is partial, what it left alone', () => {
    expect(differences(part, write, sent, {arn: 'b1', label: 'Heavy', tags: ['a']})).toEqual([]);
    expect(differences(part, write, sent, {arn: 'b1', label: 'Light', tags: ['a']})).toEqual(['label']);
  });

  it('is found within structures, whatever the order of their members', () => {
    const deep = {boxArn: 'b1', size: {width: '3', depth: '4'}};
    expect(differences(whole, write, deep, {arn: 'b1', size: {depth: '4', width: '3'}})).toEqual([]);
    expect(differences(whole, write, deep, {arn: 'b1', size: {depth: '5', width: '3'}})).toEqual(['size']);
  });
});

describe('what somebody changed between two pictures', () => {
  it('is each writable member that differs', () => {
    const before = {label: 'a', tags: ['x'], opened: 1};
    expect(changedMembers(write, before, {label: 'b', opened: 2}, false)).toEqual(['label', 'tags']);
  });

  it('is not what is empty in one and absent in the other', () => {
    expect(changedMembers(write, {label: '', tags: []}, {}, false)).toEqual([]);
  });

  it('is, beside a picture of some members, only among those', () => {
    expect(changedMembers(write, {label: 'a'}, {label: 'a', tags: ['x']}, true)).toEqual([]);
    expect(changedMembers(write, {label: 'a'}, {label: 'b', tags: ['x']}, true)).toEqual(['label']);
    expect(changedMembers(write, {label: 'a'}, {label: 'a', tags: ['x']}, false)).toEqual(['tags']);
  });
});
