import {describe, expect, it} from 'vitest';
import {ExpressionError} from '../../../source/runbook/expression/parse.ts';
import {refuseUnsafe, requestFault, UnsafeRequest} from '../../../source/engine/decide/unsafe-request.ts';
import {concealedOutcome} from '../../../source/engine/model/mask-secrets.ts';
import {structure} from '../models.ts';

const arn = 'arn:aws:imagebuilder:eu-west-1:123456789012:image-pipeline/one';

describe('a request', () => {
  it('with an ARN of the right kind is sent', () => {
    expect(() => refuseUnsafe('imagebuilder:GetImagePipeline', {imagePipelineArn: arn})).not.toThrow();
  });

  it('with another thing where an ARN belongs is not', () => {
    for (const odd of ['one', 'arn:aws:s3:::bucket', `${arn}\n`]) {
      expect(() => refuseUnsafe('imagebuilder:GetImagePipeline', {imagePipelineArn: odd}), odd).toThrow(
        UnsafeRequest,
      );
    }
  });

  it('that would carry on what was not kept of a sensitive value is not', () => {
    const outcome = concealedOutcome(
      {ok: true, output: {password: 'p'}, ms: 1, unmodelled: []},
      structure({password: 'sensitive'}),
      [],
    );
    const kept = outcome.ok ? outcome.output : null;
    expect(() => refuseUnsafe('box:UpdateBox', {box: kept})).toThrow(
      'it would carry on a value that AWS marks',
    );
  });
});

describe('the fault of a request that could not be made', () => {
  it('says which it was: refused, or not to be worked out', () => {
    expect(requestFault(new UnsafeRequest('x was not sent'))).toMatchObject({
      kind: 'unsafe',
      message: 'x was not sent',
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
