import {afterEach, describe, expect, it} from 'vitest';
import type {Question} from '../../source/engine/model/events.ts';
import type {Answer} from '../../source/engine/model/ports.ts';
import {findRun} from '../../source/journal/find-run.ts';
import {lockJournal, type Lock} from '../../source/journal/lock.ts';
import {readJournal} from '../../source/journal/read.ts';
import {unanswerable} from '../../source/ui/question/unanswerable.ts';
import {openBench, type Bench, type Manner} from './cut-off.ts';
import {oneRegion} from './one-region.ts';

let bench: Bench;
let lock: Lock | undefined;
afterEach(async () => {
  lock?.release();
  lock = undefined;
  await bench.close();
});

const stopsHalfway: Manner = {
  published: ({changes}, _events, hands) => void (changes.length > 0 && hands.stop()),
};

/** A run on the account that another process seems to hold: its lock is taken. Returns its id. */
async function otherRun(): Promise<string> {
  bench = await openBench(oneRegion());
  await bench.begin(stopsHalfway);
  const file = findRun('latest', bench.env);
  lock = await lockJournal(file, Date.now());
  return readJournal(file).run;
}

/** Types the account's number, as the question wants it. */
function typed(question: Question): Answer {
  if (question.kind !== 'second-run') return unanswerable(question);
  return {accepted: true, by: 'terminal', typed: question.typeToConfirm};
}

describe('a second run on an account', () => {
  it('asks before it changes anything, and names the other with its step and its process', async () => {
    const other = await otherRun();
    const {questions, closing} = await bench.begin({reply: typed});
    expect(questions[0]).toMatchObject({kind: 'second-run', typeToConfirm: '123456789012'});
    expect(questions[0]?.message).toMatch(
      /^Start a second run\? Another run works on account 123456789012.*step \d+ of \d+, process \d+ of /,
    );
    expect(questions[0]?.message).toContain(`handrail watch ${other}`);
    expect(closing.state.ended?.status).toBe('done');
  });

  it('is refused with exit code 3 where nobody can be asked, and says what would start it', async () => {
    const other = await otherRun();
    const before = bench.account.simulator.requests.length;
    const {exitCode, closing} = await bench.begin({reply: unanswerable});
    expect(exitCode).toBe(3);
    expect(closing.error).toMatch(new RegExp(`watch it with: handrail watch ${other}; --second-run starts`));
    const asked = bench.account.simulator.requests.slice(before).map(({operation}) => operation);
    expect(asked.filter((operation) => /^(Cancel|Update|Delete)/.test(operation))).toEqual([]);
    expect(closing.journal).toBeUndefined();
  });

  it('starts without a question with --second-run, and --yes is not enough', async () => {
    await otherRun();
    const refused = await bench.begin({answers: {everything: false, yes: true}, reply: unanswerable});
    expect(refused.exitCode).toBe(3);
    const {questions, exitCode} = await bench.begin({answers: {secondRun: true}});
    expect(questions).toEqual([]);
    expect(exitCode).toBe(0);
  });

  it('is no matter for a runbook that only reads', async () => {
    await otherRun();
    const what = {runbook: 'inspect-service-linked-role'};
    const {questions, exitCode} = await bench.begin({reply: unanswerable}, what);
    expect(questions).toEqual([]);
    expect(exitCode).toBe(0);
  });

  it('asks a run that goes on, too', async () => {
    await otherRun();
    await bench.begin({answers: {secondRun: true}, ...stopsHalfway});
    const {exitCode, questions} = await bench.goOn({reply: unanswerable});
    expect(questions.map(({kind}) => kind)).toEqual(['second-run']);
    expect(exitCode).toBe(3);
  });

  it('is asked no more once the other has ended', async () => {
    await otherRun();
    lock?.release();
    lock = undefined;
    const {questions, exitCode} = await bench.begin({reply: unanswerable});
    expect(questions).toEqual([]);
    expect(exitCode).toBe(0);
  });
});
