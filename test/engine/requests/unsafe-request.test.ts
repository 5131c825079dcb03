import {describe, expect, it} from 'vitest';
import {ExpressionError} from '../../../source/runbook/expression/parse.ts';
import {refuseMasks, refuseUnsafe, requestFault} from '../../../source/engine/requests/unsafe-request.ts';
import {concealedOutcome} from '../../../source/engine/model/mask-secrets.ts';
import {model, structure} from '../models.ts';
import {Secret} from '../../../source/runbook/secret.ts';
import {Turns} from '../turns.ts';

const arn = 'arn:aws:imagebuilder:eu-west-1:123456789012:image-pipeline/one';

describe('a request', () => {
  it('with an ARN of the right kind is sent', () => {
    expect(() => refuseUnsafe('imagebuilder:GetImagePipeline', {imagePipelineArn: arn})).not.toThrow();
  });

  it('with another thing where an ARN belongs is not', () => {
    for (const odd of ['one', 'arn:aws:s3:::bucket', `${arn}\n`]) {
      expect(() => refuseUnsafe('imagebuilder:GetImagePipeline', {imagePipelineArn: odd}), odd).toThrow(
        'imagebuilder:GetImagePipeline was not sent: ',
      );
    }
  });

  it('that would carry on what was not kept of a sensitive value is not', () => {
    const outcome = concealedOutcome(
      {ok: true, output: {password: 'p'}, ms: 1, unmodeled: []},
      structure({password: 'sensitive'}),
      [],
    );
    const kept = outcome.ok ? outcome.output : null;
    expect(() => refuseUnsafe('box:UpdateBox', {box: kept})).toThrow(
      'it would carry on a value that AWS marks',
    );
  });
});

/** What is thrown for a request that is refused. */
function refusal(): unknown {
  try {
    refuseUnsafe('imagebuilder:GetImagePipeline', {imagePipelineArn: 'no ARN'});
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('the fault of a request that could not be made', () => {
  it('says which it was: refused, or not to be worked out', () => {
    expect(requestFault(refusal())).toMatchObject({
      kind: 'unsafe',
      message: expect.stringContaining('imagebuilder:GetImagePipeline was not sent: ') as string,
    });
    expect(requestFault(new ExpressionError('no member'))).toMatchObject({
      kind: 'expression',
      message: 'no member',
    });
  });

  it('is no cover for a mistake of the program', () => {
    const mistake = new TypeError('x is not a function');
    expect(() => requestFault(mistake)).toThrow(mistake);
  });
});

function updateBy(read: string, write: string): string {
  return `
  - {id: agree, title: Agree, confirm: {message: Agree.}}
  - id: up
    title: Up
    update: {read: '${read}', with: {boxId: b}, resource: '\${{ @ }}', write: '${write}', set: {color: red}}`;
}

describe('a request of the wrong effect', () => {
  const wait = `
  - id: wait
    title: Wait
    waitUntil:
      call: box:OpenBox
      acceptors: [{state: success, matcher: {success: true}}]
      minDelay: 1
      maxDelay: 1
      maxWaitTime: 10`;

  it('is never sent by a wait, not even where the step calls it a read', () => {
    for (const steps of [wait, `${wait}\n    effect: read`]) {
      const turns = new Turns(steps);
      expect(turns.calls()).toEqual([]);
      expect(turns.state.account.fault).toMatchObject({
        kind: 'unsafe',
        message: 'box:OpenBox was not sent: it changes something, and this step may only read with it',
      });
    }
  });

  it('is sent by a wait where nothing is known of the operation and the step calls it a read', () => {
    const operations = new Map([['box:OpenBox', model('box:OpenBox', {effect: 'change', assumed: true})]]);
    expect(new Turns(wait, {program: {operations}}).calls()).toEqual([]);
    const turns = new Turns(`${wait}\n    effect: read`, {program: {operations}});
    expect(turns.call().intent.effect).toBe('read');
  });

  it('is not sent as the read of an update, nor a read as its write', () => {
    const reads = new Turns(updateBy('box:OpenBox', 'box:UpdateBox'));
    reads.agree();
    expect(reads.calls()).toEqual([]);
    expect(reads.state.account.fault?.message).toMatch(/^box:OpenBox was not sent: it changes something/);
    const writes = new Turns(updateBy('box:GetBox', 'box:GetBox'));
    const answered = {boxId: 'b', color: 'blue'};
    writes.answer(writes.call(), answered);
    expect(writes.calls()).toEqual([]);
    expect(writes.state.account.fault?.message).toMatch(/^box:GetBox was not sent: it only reads/);
  });
});

describe('a request with the mask of a secret', () => {
  const kept = new Secret('token', 'hunter2');

  it('is sent where the secret is known, in any of its forms', () => {
    const texts = [kept.mask, kept.conceal('by hunter2'), kept.mask.replace('>', ' url>')];
    expect(() =>
      refuseMasks('box:OpenBox', {texts}, [new Secret('token', 'hunter2 &', kept.mask)]),
    ).not.toThrow();
  });

  it('is not sent where it is not known: the mask would be what is set', () => {
    for (const request of [
      {label: kept.mask},
      {labels: [{text: `by ${kept.mask.replace('>', ' base64>')}`}]},
    ]) {
      expect(() => refuseMasks('box:OpenBox', request, [new Secret('other', 'x')])).toThrow(
        'box:OpenBox was not sent: it holds the mask of a secret, and the secret is not known',
      );
    }
    const turns = new Turns(
      `
  - {id: agree, title: Agree, confirm: {message: Agree.}}
  - {id: open, title: Open, call: box:OpenBox, with: {label: '\${{ inputs.token }}'}}`,
      {inputs: {token: kept.mask}},
    );
    turns.agree();
    expect(turns.calls()).toEqual([]);
    expect(turns.state.account.fault?.kind).toBe('unsafe');
  });
});
