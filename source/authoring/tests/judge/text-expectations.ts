import type {Event} from '../../../engine/model/events.ts';
import type {Problem} from '../../../runbook/load/problem.ts';
import {createNarrator} from '../../../wording/narrate/narrate.ts';
import {summaryText} from '../../../wording/run-summary.ts';
import {questionText} from '../play/dialogue.ts';
import type {Judged} from './judged.ts';

/** Returns the questions that came otherwise than the case's entries, and the texts that they lack. */
export function dialogueFailures({one, dialogue, at}: Judged): readonly Problem[] {
  const problems: Problem[] = [];
  const next = one.operator[dialogue.used];
  for (const {question, entry} of dialogue.asked) {
    if (entry === undefined) {
      const message = `expected no question now; step ${question.step} asked: ${question.message}`;
      const hint =
        question.kind === 'type-text' ? ` (it wants ${JSON.stringify(question.typeToConfirm)} typed)` : '';
      problems.push(at(next === undefined ? ['name'] : ['operator', dialogue.used], `${message}${hint}`));
      continue;
    }
    const reply = one.operator[entry];
    const place = ['operator', entry];
    if (question.kind === 'type-text' && reply?.answer === 'yes') {
      const message = `expected a question that wants a yes; it wants ${JSON.stringify(question.typeToConfirm)} typed`;
      problems.push(at([...place, 'answer'], message));
    }
    if (question.kind !== 'type-text' && reply?.type !== undefined) {
      problems.push(at([...place, 'type'], 'expected a question that wants a text typed; it wants a yes'));
    }
    const shown = questionText(question);
    for (const [index, text] of (reply?.says ?? []).entries()) {
      if (shown.includes(text)) continue;
      problems.push(
        at(
          [...place, 'says', index],
          `expected a question that says ${JSON.stringify(text)}; it says: ${shown}`,
        ),
      );
    }
  }
  if (next !== undefined && !dialogue.asked.some(({entry}) => entry === undefined)) {
    const message = `expected a question of step ${next.step}; it was never asked`;
    problems.push(at(['operator', dialogue.used], message));
  }
  return problems;
}

/** Returns the texts that the run never said. */
export function textFailures(judged: Judged): readonly Problem[] {
  const {one, at} = judged;
  const {says = [], summaries = {}} = one.expect;
  const said = says.length === 0 ? [] : linesOf(judged);
  return [
    ...says.flatMap((text, index) => {
      if (said.some((line) => line.includes(text))) return [];
      const near = nearest(text, said);
      return [
        at(
          ['expect', 'says', index],
          `expected a line that says ${JSON.stringify(text)}; the nearest is: ${near}`,
        ),
      ];
    }),
    ...Object.entries(summaries).flatMap(([step, wanted]) =>
      (typeof wanted === 'string' ? [[undefined, wanted] as const] : Object.entries(wanted)).flatMap(
        ([region, text]) => {
          const found = summariesOf(judged.events, step, region);
          if (found.some((summary) => summary.includes(text))) return [];
          const place = ['expect', 'summaries', step, ...(region === undefined ? [] : [region])];
          const came =
            found.length === 0
              ? 'it has none'
              : `it says ${found.map((one) => JSON.stringify(one)).join(', ')}`;
          return [at(place, `expected a summary of ${step} that says ${JSON.stringify(text)}; ${came}`)];
        },
      ),
    ),
  ];
}

/** The line that shares most words with a text. */
function nearest(text: string, lines: readonly string[]): string {
  const words = text.split(/\s+/);
  const shared = (line: string): number => words.filter((word) => line.includes(word)).length;
  return lines.reduce((best, line) => (shared(line) > shared(best) ? line : best), lines[0] ?? '');
}

/** Everything that the run said, line by line. */
function linesOf({state, events}: Judged): readonly string[] {
  const narrate = createNarrator();
  const steps = state.started?.steps ?? [];
  const narrated = events.flatMap((event) => narrate(event, steps)).map(({text}) => text);
  const questions = events.flatMap((event) =>
    event.type === 'asked' ? questionText(event.question).split('\n') : [],
  );
  return [...narrated, ...questions, ...summaryText({state}).split('\n')];
}

function summariesOf(events: readonly Event[], step: string, region: string | undefined): readonly string[] {
  return events.flatMap((event) => {
    if (event.type !== 'step-succeeded' && event.type !== 'step-skipped') return [];
    if (event.step !== step || (region !== undefined && event.region !== region)) return [];
    const text = event.type === 'step-skipped' ? event.why : event.summary;
    return text === undefined ? [] : [text];
  });
}
