import {expect, test} from 'vitest';
import type {Question} from '../../source/engine/model/events.ts';
import {unanswerable} from '../../source/ui/question/unanswerable.ts';

const asked = {step: 'a', message: 'Sure?', changes: []};

test.each<[Question['kind'], Question, string]>([
  ['confirm', {...asked, kind: 'confirm'}, '--yes'],
  ['type-text', {...asked, kind: 'type-text', typeToConfirm: 'my role'}, '--confirm "my role"'],
  ['resend', {...asked, kind: 'resend', resend: {item: ''}}, 'handrail resume on a terminal'],
  [
    'waiver',
    {kind: 'waiver', message: 'Sure?', typeToConfirm: 'eu-west-1', changes: []},
    '--waive eu-west-1',
  ],
  ['code', {kind: 'code', message: 'MFA code'}, '--mfa-code'],
])('where nobody can be asked, %s says what would have answered', (_, question, missing) => {
  expect(unanswerable(question)).toEqual({accepted: false, by: 'nobody', missing});
});
