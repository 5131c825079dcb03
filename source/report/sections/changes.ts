import {madeOf} from '../made-changes.ts';
import type {Report, ReportedChange} from '../model.ts';
import {textOf, utc} from '../report-text.ts';
import {undoOf} from '../build/undo-hints.ts';
import {target} from './target.ts';
import type {Block, Item, Phrase, Piece, Section} from './section.ts';

/** Builds the section on each change that was made, and on those whose answer is not known. */
export function changesSection({changes, unsettled, outcomes = []}: Report): Section {
  const count = madeOf(changes).length;
  const made = changes.map((change): Item => {
    const members = (change.members ?? []).map(({name, before, after}): Phrase => [
      'Member ',
      {code: name},
      ': ',
      value(before),
      ' → ',
      value(after),
    ]);
    const text = [`${utc(change.at)}: `, {code: change.operation}, ...target(change)];
    return {text: [...text, ...effectOf(change)], items: members};
  });
  const open = unsettled.map((change): Item => ({
    text: [
      `Sent ${utc(change.at)}, and `,
      {strong: 'its answer is not known', tone: 'bad'} as const,
      ': ',
      {code: change.operation},
      ...target(change),
    ],
  }));
  return {
    id: 'changes',
    title: `Changes (${count})`,
    blocks: [
      ...outcomes.map((text): Block => ({kind: 'text', text: [{data: text}]})),
      {kind: 'list', otherwise: 'None.', items: [...made, ...open]},
    ],
  };
}

function effectOf({effect}: ReportedChange): readonly Piece[] {
  if (effect === 'refused') return [': ', {toned: 'asked for, and AWS refused it', tone: 'warn'}];
  if (effect === 'open') return [': ', {toned: 'requested; its outcome is not known', tone: 'warn'}];
  return [];
}

/** Builds the section on how to put changes back, by command and by hand. */
export function undoSection({changes, run}: Report): Section {
  const items = undoOf(changes.filter(({effect}) => effect !== 'refused')).map(({change, putBack}): Item => {
    const what = [{code: change.operation}, ...target(change)];
    if (putBack === undefined) {
      const reason = 'no picture of before; this alone cannot be taken back from the journal';
      return {text: [...what, ': ', {toned: reason, tone: 'warn'}]};
    }
    return {
      text: [...what, ': set it back to'],
      items: putBack.map(({name, before}) => ['Member ', {code: name}, ': ', value(before)]),
    };
  });
  const command = {code: `handrail undo ${run.id}`};
  const summary = `By hand: ${items.length} ${items.length === 1 ? 'change' : 'changes'}, the newest first`;
  return {
    id: 'undo',
    title: 'How to undo',
    blocks: [
      {kind: 'text', text: [command, ' shows what can be put back and does so when you agree.']},
      {kind: 'folded', summary, items},
    ],
  };
}

function value(of: unknown): Piece {
  return of === undefined ? {toned: 'absent', tone: 'quiet'} : {code: textOf(of)};
}
