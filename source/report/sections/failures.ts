import type {Report} from '../model.ts';
import {faultWords, outcomeWords, utc} from '../report-text.ts';
import {target} from './target.ts';
import type {Phrase, Section} from './section.ts';

/** Builds the section on each failure, its tries and its end. */
export function failuresSection({failures, calls}: Report): Section {
  return {
    id: 'failed',
    title: 'What failed',
    blocks: [
      {
        kind: 'text',
        text: [`${calls.made} calls were made, ${calls.failed} of them answered with an error.`],
      },
      {
        kind: 'list',
        otherwise: 'Nothing failed.',
        items: failures.map((failure) => {
          const {word, said} = faultWords(failure.fault);
          return {
            text: [
              `${utc(failure.at)}: `,
              {code: failure.operation ?? failure.title},
              ...target(failure),
              `: ${word}, ${outcomeWords(failure)}: `,
              {code: said},
            ],
            items: (failure.usage ?? []).map(usagePhrase),
          };
        }),
      },
    ],
  };
}

function usagePhrase({
  region,
  resource,
  reportedRegion,
}: NonNullable<Report['failures'][number]['usage']>[number]): Phrase {
  const reported: Phrase = reportedRegion === undefined ? [] : [', reported in ', {code: reportedRegion}];
  return ['Named as in use: ', {code: resource}, ' in ', {code: region}, ...reported];
}
