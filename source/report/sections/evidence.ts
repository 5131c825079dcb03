import type {Report} from '../model.ts';
import {joined, type Section} from './section.ts';

/** Builds the section that ties the report to its journal. */
export function evidenceSection({journal, run}: Report): Section {
  const versions = Object.entries(run.versions).map(
    ([name, version]) => [{code: `${name} ${version}`}] as const,
  );
  return {
    id: 'evidence',
    title: 'Evidence',
    blocks: [
      {
        kind: 'facts',
        facts: [
          ['Journal', [{code: journal.file}, `, ${journal.records} records`]],
          ['Journal hash', [{code: journal.head}]],
          ['Versions', joined(versions, ', ')],
          ...(journal.tornBytes > 0
            ? [['Torn', [`a last line of ${journal.tornBytes} bytes, left out`]] as const]
            : []),
        ],
      },
    ],
  };
}
