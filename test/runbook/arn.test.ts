import {expect, it} from 'vitest';
import {problemsIn, withSteps} from './marked-runbook.ts';

it('an ARN may name an owner of AWS’s in the place of an account, such as a marketplace', async () => {
  const arn = 'arn:aws:imagebuilder:us-east-1:aws-marketplace:image/x/1.0.0/1';
  const look = `  - {id: b, title: B, call: imagebuilder:GetImage, with: {imageBuildVersionArn: '${arn}'}}\n`;
  expect(await problemsIn(withSteps(look))).toEqual([]);
});
