import {expect, test} from 'vitest';
import {difference} from '../../source/ui/question/difference.ts';

test.each([
  ['AWSServiceRole ', 'a space at the end'],
  [' AWSServiceRole', 'a space at the start'],
  ['\tAWSServiceRole ', 'spaces at both ends'],
  ['AWSsERVICERole', 'the 4th letter is in the other case'],
  ['AWSServiceRol', 'the last letter is missing'],
  ['AWSService', 'the last 4 letters are missing'],
  ['AWSServiceRoles', 'something follows it'],
  ['bWSServiceRole', 'differs at the 1st letter'],
  ['AbSServiceRole', 'differs at the 2nd letter'],
  ['AWbServiceRole', 'differs at the 3rd letter'],
  ['AWSServiceRxle', 'differs at the 12th letter'],
])('%j: %s', (typed, words) => {
  expect(difference(typed, 'AWSServiceRole')).toContain(words);
});
