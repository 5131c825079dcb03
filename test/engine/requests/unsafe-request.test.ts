import {describe, expect, it} from 'vitest';
import {ExpressionError} from '../../../source/runbook/expression/parse.ts';
import {refuseUnsafe, requestFault} from '../../../source/engine/requests/unsafe-request.ts';
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
