import type {Problem} from '../../../runbook/load/problem.ts';
import {exitCodeOf} from '../../../cli/exit-code-of.ts';
import {columnsOf, truthOf} from '../../../engine/queries/region-truth.ts';
import {truthWords} from '../../../wording/glossary/words.ts';
import type {Judged} from './judged.ts';
import type {LoadedTest} from '../loaded-test.ts';
import type {Played} from '../play/play-case.ts';
import {requestFailures} from './request-expectations.ts';
import {dialogueFailures, textFailures} from './text-expectations.ts';

/** Returns what a run did otherwise than its case expects, each with its place in the test file. */
export function failuresOf(test: LoadedTest, index: number, played: Played): readonly Problem[] {
  const one = test.content.cases[index];
  if (one === undefined) return [];
  const base = ['cases', index];
  const judged: Judged = {
    ...played,
    one,
    at: (path, message) => test.places.atPath([...base, ...path], message.replaceAll('\n', ' / ')),
  };
  return [
    ...endlessFailure(judged),
    ...unansweredFailures(judged),
    ...dialogueFailures(judged),
    ...endFailures(judged),
    ...requestFailures(judged),
    ...regionFailures(judged),
    ...textFailures(judged),
    ...unusedAnswers(test, judged),
  ];
}

function endlessFailure({endless, aws, at}: Judged): readonly Problem[] {
  if (!endless) return [];
  return [at(['name'], `the run does not end: it was stopped after ${aws.sent.length} requests`)];
}

/** Each kind of request without an answer is said once. */
function unansweredFailures({aws, one, at}: Judged): readonly Problem[] {
  const first = new Map(aws.unanswered.map((sent) => [`${sent.operation} ${sent.region ?? ''}`, sent]));
  return [...first.values()].map(({operation, region, input, step}) => {
    const where = region === undefined ? '' : ` in ${region}`;
    const message = `step ${step} sent ${operation}${where} ${JSON.stringify(input)}, and no answer is left for it`;
    return at(one.answers?.[operation] === undefined ? ['name'] : ['answers', operation], message);
  });
}

function endFailures(judged: Judged): readonly Problem[] {
  const {state, one, at} = judged;
  const {end, exitCode, message, step, error} = one.expect;
  const {ended} = state;
  const came = ended === undefined ? 'no end' : `${ended.status} (${ended.message})`;
  const stopped = [state.account, ...state.lanes].filter(({fault}) => fault !== undefined);
  const places = [
    ...stopped.map(({faultStep}) => faultStep),
    ...judged.dialogue.asked.slice(-1).flatMap(({question}) => (isNo(judged) ? [question.step] : [])),
  ].filter((one) => one !== undefined);
  const errors = stopped.map(({fault}) => fault?.name ?? '');
  const found: Problem[] = [];
  if (ended?.status !== end) found.push(at(['expect', 'end'], `expected the end ${end}; it came to ${came}`));
  const code = exitCodeOf(state);
  if (exitCode !== undefined && code !== exitCode) {
    found.push(at(['expect', 'exitCode'], `expected the exit code ${exitCode}; it was ${code}`));
  }
  if (message !== undefined && ended?.message.includes(message) !== true) {
    found.push(at(['expect', 'message'], `expected an end that says ${quoted(message)}; it came to ${came}`));
  }
  if (step !== undefined && !places.includes(step)) {
    found.push(at(['expect', 'step'], `expected it to stop at ${step}; ${listed(places, 'it stopped at')}`));
  }
  if (error !== undefined && !errors.includes(error)) {
    found.push(at(['expect', 'error'], `expected the error ${error}; ${listed(errors, 'the errors were')}`));
  }
  return found;
}

function isNo({state}: Judged): boolean {
  return state.ended?.status === 'declined' || state.ended?.status === 'needs-operator';
}

function listed(names: readonly string[], said: string): string {
  return names.length === 0 ? 'nothing failed' : `${said} ${[...new Set(names)].join(', ')}`;
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

function regionFailures({state, one, at}: Judged): readonly Problem[] {
  return Object.entries(one.expect.regions ?? {}).flatMap(([region, wanted]) => {
    const place = ['expect', 'regions', region];
    const lane = state.lanes.get(region);
    if (lane === undefined)
      return [at(place, `expected ${region} to be ${wanted}; the run does not visit it`)];
    const came = truthWords[truthOf(state, lane)];
    if (came === wanted) return [];
    const cells = columnsOf(state).flatMap((column) => {
      const cell = lane.cells[column];
      return cell === undefined ? [] : [`${column}: ${cell.text}`];
    });
    const why = [lane.fault?.message, ...cells].filter((part) => part !== undefined).join('; ');
    return [at(place, `expected ${region} to be ${wanted}; it is ${came}${why === '' ? '' : ` (${why})`}`)];
  });
}

/** A case's own answer that nothing asked for is a mistake in the case, or in the runbook. */
function unusedAnswers({operations}: LoadedTest, {one, aws, answers, at}: Judged): readonly Problem[] {
  return Object.keys(one.answers ?? {}).flatMap((operation) => {
    if (operations.get(operation)?.missing !== undefined) return [];
    return (answers.get(operation) ?? []).flatMap((answer, index) =>
      aws.isUsed(answer)
        ? []
        : [
            at(
              ['answers', operation, index],
              `expected a request that this answers; ${operation} was not sent so`,
            ),
          ],
    );
  });
}
