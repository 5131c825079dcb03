import type {Report} from '../model.ts';
import {utc} from '../report-text.ts';
import type {Phrase, Section} from './section.ts';

/** Builds the section on the operator's questions and answers. */
export function confirmationsSection({confirmations}: Report): Section {
  return {
    id: 'confirmed',
    title: 'What was confirmed',
    blocks: [
      {
        kind: 'list',
        otherwise: 'Nothing was asked.',
        items: confirmations.map(
          ({title, message, changes, batches = [], wanted, approvals, askedAt, answer}) => ({
            text: [
              'Step ',
              {code: title},
              `, asked ${utc(askedAt)} about `,
              `${changes} ${changes === 1 ? 'change' : 'changes'}: `,
              {data: message},
            ],
            items: [
              ...batches.map((text): Phrase => [{data: text}]),
              ...(wanted === undefined ? [] : [['To be typed: ', {code: wanted}] satisfies Phrase]),
              ...approvalPhrases(approvals),
              answerPhrase(answer),
            ],
          }),
        ),
      },
    ],
  };
}

function approvalPhrases(approvals: Report['confirmations'][number]['approvals']): readonly Phrase[] {
  if (approvals === undefined) return [];
  const {needed, notCaller, given} = approvals;
  const people = notCaller ? ', without the caller' : '';
  return [
    [`Approvals wanted: ${needed}${people}; given: ${given.length}`],
    ...given.map(({at, by, signature}): Phrase => [
      {toned: 'Approved', tone: 'good'},
      ` ${utc(at)} by `,
      {code: by},
      ...(signature === undefined
        ? []
        : [', signed with ', {code: signature.key}, '; handrail verify checks that']),
    ]),
  ];
}

function answerPhrase(answer: Report['confirmations'][number]['answer']): Phrase {
  if (answer === null) return [{toned: 'Not answered', tone: 'warn'}];
  const {accepted, at, by, typed, missing} = answer;
  return [
    accepted ? {toned: 'Confirmed', tone: 'good'} : {toned: 'Declined', tone: 'warn'},
    ` ${utc(at)} by `,
    {code: by},
    ...(typed === undefined ? [] : [', with the words ', {code: typed}]),
    ...(missing === undefined ? [] : ['; nobody could be asked, ', {code: missing}, ' would have answered']),
  ];
}
