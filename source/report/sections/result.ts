import {proposed} from '../../wording/glossary/words.ts';
import type {Report} from '../model.ts';
import {textOf} from '../report-text.ts';
import {target} from './target.ts';
import type {Block, Item, Section} from './section.ts';

/** Builds the section on what the run has come to, in the runbook's words: its titles are data, as its lines are. */
export function resultSections({result = []}: Report): readonly Section[] {
  if (result.length === 0) return [];
  const blocks = result.flatMap(({title, lines}): readonly Block[] => [
    {kind: 'text', text: [{data: title}]},
    {kind: 'list', otherwise: '', items: lines.map((line): Item => ({text: [{data: line}]}))},
  ]);
  return [{id: 'result', title: 'Result', blocks}];
}

/** Builds the section on the changes that a plan ended with, each with its request. */
export function plannedSection({planned}: Report): readonly Section[] {
  if (planned === undefined) return [];
  const items = planned.map((change): Item => {
    const {operation, detail, request} = change;
    return {
      text: [
        {code: operation},
        ...target(change),
        ...(detail === undefined ? [] : [': ', {data: proposed(detail)}]),
      ],
      items: request === undefined ? [] : [['Request ', {code: textOf(request)}]],
    };
  });
  return [
    {
      id: 'planned',
      title: `Would be changed (${planned.length})`,
      blocks: [{kind: 'list', otherwise: 'Nothing.', items}],
    },
  ];
}
