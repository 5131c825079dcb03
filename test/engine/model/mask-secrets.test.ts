import {describe, expect, it} from 'vitest';
import {
  concealedHappening,
  concealedOutcome,
  holdsConcealed,
  revealed,
} from '../../../source/engine/model/mask-secrets.ts';
import type {Json} from '../../../source/data/json.ts';
import {Secret} from '../../../source/runbook/secret.ts';
import {listOf, structure} from '../models.ts';
import {faultOf} from '../turns.ts';

const secrets = [new Secret('one', 's3cret'), new Secret('two', 'pa$$&word')];
const masks = secrets.map(({mask}) => mask);
const plain = structure({});

function answer(output: Json, shape = plain, known: readonly Secret[] = []): Json {
  const outcome = concealedOutcome({ok: true, output, ms: 1, unmodeled: []}, shape, known);
  if (!outcome.ok) throw new Error('an answer became a failure');
  return outcome.output;
}

describe('a secret', () => {
  it('is in the request that is sent, at any depth, exactly as it is', () => {
    const request = {key: masks[0] ?? '', list: [{inner: `a ${masks[1]} b`}], count: 3};
    expect(revealed(request, secrets)).toEqual({key: 's3cret', list: [{inner: 'a pa$$&word b'}], count: 3});
  });

  it('is its mask again when it comes back in an answer', () => {
    expect(answer({key: 's3cret', list: ['x', {inner: 'pa$$&word!'}]}, plain, secrets)).toEqual({
      key: masks[0],
      list: ['x', {inner: `${masks[1]}!`}],
    });
  });

  it('is its mask again when it comes back in an error', () => {
    const fault = faultOf('invalid', 'X', 'the key s3cret is wrong');
    const outcome = concealedOutcome({ok: false, fault, ms: 1}, plain, secrets);
    expect(outcome).toMatchObject({fault: {message: `the key ${masks[0]} is wrong`}});
  });
});

describe('what AWS marks as sensitive', () => {
  const shape = structure({
    name: 'text',
    password: 'sensitive',
    keys: listOf(structure({id: 'text', value: 'sensitive'})),
  });

  it('is not kept, at any depth; the rest is', () => {
    const kept = answer({name: 'a', password: 'p', keys: [{id: '1', value: 'v'}, {id: '2'}]}, shape);
    expect(JSON.stringify(kept)).not.toMatch(/"p"|"v"/);
    expect(kept).toMatchObject({name: 'a', keys: [{id: '1'}, {id: '2'}]});
  });

  it('is never sent on: a request that would carry it can be told', () => {
    const kept = answer({name: 'a', password: 'p'}, shape);
    expect(holdsConcealed(kept)).toBe(true);
    expect(holdsConcealed({deep: [kept]})).toBe(true);
    expect(holdsConcealed({name: 'a', none: null, list: [1, 'two']})).toBe(false);
  });

  it('costs nothing where there is none: the answer is the same object', () => {
    const output = {name: 'a', keys: [{id: '1'}, {id: '2'}]};
    expect(answer(output, shape)).toBe(output);
  });
});

it('a secret among the findings of a look is its mask in the journal', () => {
  const found = [{name: 's3cret'}];
  const happening = {type: 'step-succeeded' as const, step: 'look', output: [], found};
  expect(concealedHappening(happening, secrets)).toMatchObject({found: [{name: masks[0]}]});
});
