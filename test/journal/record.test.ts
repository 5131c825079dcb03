import {createHash} from 'node:crypto';
import {expect, it} from 'vitest';
import {encodeRecord, genesis} from '../../source/journal/record.ts';

const event = {type: 'continued', at: 3, by: 'kim'} as const;

it('a record is its body with the hash last, over the hash before it and the bytes that stand before its own', () => {
  const {line, hash} = encodeRecord('r', 7, genesis, event);
  const body = '{"version":1,"sequence":7,"run":"r","event":{"type":"continued","at":3,"by":"kim"}}';
  expect(line).toBe(`${body.slice(0, -1)},"hash":"${hash}"}`);
  expect(hash).toBe(
    createHash('sha256')
      .update(genesis + body)
      .digest('hex'),
  );
});

it('a record that is not the last of its write says so', () => {
  expect(JSON.parse(encodeRecord('r', 1, genesis, event, true).line)).toMatchObject({more: true});
  expect(JSON.parse(encodeRecord('r', 1, genesis, event).line)).not.toHaveProperty('more');
});
