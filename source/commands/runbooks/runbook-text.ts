import {outlineOf} from '../../engine/outline.ts';
import {changeOf, type Program} from '../../engine/model/program.ts';
import type {StepOutline} from '../../engine/model/events.ts';
import {changeNamed, operationsOf, requestsOf} from '../../runbook/actions/actions.ts';
import type {Step} from '../../runbook/language/step.ts';
import {show} from '../../text/show.ts';
import {wrap} from '../../text/width.ts';
import {inputsText} from './inputs-text.ts';

type Described = Pick<Program, 'runbook' | 'operations'> & {readonly sha256: string};

/** Widest line of a description. */
const columns = 100;

/** Formats all that an operator wants to know of a runbook before running it. `name` is how it was named. */
export function runbookText(name: string, program: Described): string {
  const {runbook} = program;
  const inputs = inputsText(runbook);
  const parts = [
    [show(runbook.title), ...about(runbook.description), ...link(runbook.reference)],
    inputs === '' ? [] : ['Inputs (--input NAME=VALUE)', ...inputs.trimEnd().split('\n')],
    ['Steps', ...stepLines(program)],
    ['It can change', ...changeLines(program)],
    missingLines(program),
    [
      `The IAM policy for it: handrail permissions ${show(name)}`,
      `Its SHA-256, for policies: ${program.sha256}`,
    ],
  ];
  return parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => `${line}\n`).join(''))
    .join('\n');
}

function about(description: string | undefined): readonly string[] {
  return description === undefined ? [] : wrap(description, columns);
}

function link(reference: string | undefined): readonly string[] {
  return reference === undefined ? [] : [show(reference)];
}

const kinds: Readonly<Record<StepOutline['does'], string>> = {
  look: 'look',
  change: 'CHANGE',
  wait: 'wait',
  confirm: 'ask',
  assert: 'check',
  pause: 'pause',
};

function stepLines(program: Described): readonly string[] {
  const steps = program.runbook.steps;
  const outline = outlineOf(program);
  const titles = Math.max(...outline.map(({title}) => show(title).length));
  return outline.flatMap((one, index) => {
    const step = steps[index];
    const groupStarts = one.group !== undefined && one.group !== outline[index - 1]?.group;
    const where = one.scope === 'region' ? 'each Region' : 'account';
    const calls = step === undefined ? '' : operationsOf(step).join(', ');
    const line = `  ${kinds[one.does].padEnd(6)}  ${show(one.title).padEnd(titles)}  ${where.padEnd(11)}  ${calls}`;
    return [...(groupStarts ? [` ${show(one.group ?? '')}`] : []), line.trimEnd()];
  });
}

/** Each operation that a step may change something by, and the way back. */
function changeLines(program: Described): readonly string[] {
  const lines = program.runbook.steps.flatMap((step) => {
    if (changeOf(program, step) === undefined) return [];
    return [`  ${changeNamed(step)?.operation ?? ''} (${show(step.title)}); ${wayBack(step)}`];
  });
  return lines.length === 0 ? ['  nothing: it only looks'] : [...new Set(lines)];
}

function wayBack(step: Step): string {
  if (step.action.kind === 'update') return 'undo writes the old values back';
  const back = requestsOf(step).filter(({undo}) => undo !== undefined);
  const names = [...new Set(back.map(({operation}) => operation))];
  return names.length === 0 ? 'undo cannot bring it back' : `undo calls ${names.join(', ')}`;
}

function missingLines({operations}: Described): readonly string[] {
  const missing = [...operations.values()].flatMap((model) =>
    model.missing === undefined ? [] : [model.missing],
  );
  return missing.length === 0
    ? []
    : ['Cannot be called here', ...[...new Set(missing)].map((why) => `  ${show(why)}`)];
}
