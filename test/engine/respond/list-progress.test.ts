import {expect, it} from 'vitest';
import {isTokenEnded} from '../../../source/aws/call/token-ended.ts';
import {begunAgain, withPage} from '../../../source/engine/respond/list-progress.ts';
import {faultOf} from '../turns.ts';

it('pages are merged in order, and a token that leads back to a page that was read ends the list with a fault', () => {
  const first = withPage(undefined, {boxes: ['a']}, 'one');
  if ('fault' in first) throw new Error('the first page is read');
  const second = withPage(first, {boxes: ['b']}, 'two');
  if ('fault' in second) throw new Error('the second page is read');
  expect(second.merged).toEqual({boxes: ['a', 'b']});
  expect(second.nextToken).toBe('two');
  expect(withPage(second, {boxes: ['c']}, 'one')).toMatchObject({fault: {name: 'EndlessList', final: true}});
});

it('a refusal is taken for an ended token by its name, or by a message about the token', () => {
  for (const name of [
    'InvalidNextTokenException',
    'InvalidPaginationTokenException',
    'ExpiredNextTokenException',
  ])
    expect(isTokenEnded(faultOf('invalid', name))).toBe(true);
  expect(isTokenEnded(faultOf('invalid', 'ValidationException', 'The nextToken is not valid'))).toBe(true);
  expect(isTokenEnded(faultOf('invalid', 'ValidationException', 'The name is not valid'))).toBe(false);
  // Credentials have a token too.
  expect(isTokenEnded(faultOf('invalid', 'ExpiredTokenException', 'The security token is expired'))).toBe(
    false,
  );
});

it('a list that is begun again is a passing fault, whose message keeps AWS’s own', () => {
  const again = begunAgain(faultOf('invalid', 'InvalidNextTokenException', 'too old'));
  expect(again).toMatchObject({kind: 'transient', name: 'InvalidNextTokenException'});
  expect(again.message).toContain('too old');
});
