import {describe, expect, it} from 'vitest';
import {AnswersAhead} from '../../source/aws/call/answers-ahead.ts';
import type {AwsPort, CallOutcome, CallRequest} from '../../source/engine/model/ports.ts';

const list: CallRequest = {operation: 'imagebuilder:ListImagePipelines', region: 'eu-west-1', input: {}};
const second: CallRequest = {...list, input: {nextToken: 'two'}};
const going = new AbortController().signal;

/** A port whose answers the test gives, in the order of the calls. */
class Port implements AwsPort {
  readonly asked: CallRequest[] = [];
  readonly #answers: ((outcome: CallOutcome) => void)[] = [];

  call(request: CallRequest): Promise<CallOutcome> {
    this.asked.push(request);
    return new Promise((resolve) => this.#answers.push(resolve));
  }

  answer(outcome: CallOutcome): void {
    this.#answers.shift()?.(outcome);
  }

  renew(): ReturnType<AwsPort['renew']> {
    return Promise.resolve({works: true, fresh: false});
  }
}

function success(name: string, nextToken?: string): CallOutcome {
  const more = nextToken === undefined ? {} : {nextToken};
  return {ok: true, output: {imagePipelineList: [{name}]}, ms: 1, unmodeled: [], ...more};
}

const refusal: CallOutcome = {ok: false, fault: {kind: 'throttled', name: 'Slow', message: 'slow'}, ms: 1};

/** Lets all that is ready happen. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

describe('reads that are sent ahead', () => {
  it('give their answer to the first call for them, and to no other', async () => {
    const [port, later] = [new Port(), new Port()];
    const ahead = new AnswersAhead(port, 80);
    ahead.send([list], going);
    const call = ahead.over(later).call(list, going);
    port.answer(success('early'));
    expect(await call).toMatchObject({output: {imagePipelineList: [{name: 'early'}]}});
    expect(later.asked).toEqual([]);
    void ahead.over(later).call(list, going);
    await settled();
    expect(later.asked).toEqual([list]);
  });

  it('go on from page to page', async () => {
    const [port, later] = [new Port(), new Port()];
    const ahead = new AnswersAhead(port, 80);
    ahead.send([list], going);
    port.answer(success('one', 'two'));
    await expect.poll(() => port.asked).toEqual([list, second]);
    port.answer(success('two'));
    expect(await ahead.over(later).call(second, going)).toMatchObject({
      output: {imagePipelineList: [{name: 'two'}]},
    });
    expect(later.asked).toEqual([]);
  });

  it('count for nothing when they fail: the call is made', async () => {
    const [port, later] = [new Port(), new Port()];
    const ahead = new AnswersAhead(port, 80);
    ahead.send([list], going);
    port.answer(refusal);
    const call = ahead.over(later).call(list, going);
    await expect.poll(() => later.asked).toEqual([list]);
    later.answer(success('late'));
    expect(await call).toMatchObject({output: {imagePipelineList: [{name: 'late'}]}});
  });

  it('count for nothing once they are half a minute old', async () => {
    const [port, later] = [new Port(), new Port()];
    let now = 0;
    const ahead = new AnswersAhead(port, 80, () => now);
    ahead.send([list], going);
    port.answer(success('old'));
    now = 30_001;
    void ahead.over(later).call(list, going);
    await settled();
    expect(later.asked).toEqual([list]);
  });

  it('are no more than so many at once', async () => {
    const port = new Port();
    const ahead = new AnswersAhead(port, 1);
    ahead.send([list, {...list, region: 'us-east-1'}], going);
    await settled();
    expect(port.asked).toHaveLength(1);
    port.answer(success('one'));
    await expect.poll(() => port.asked).toHaveLength(2);
  });

  it('are not waited for by a call that is aborted', async () => {
    const [port, later] = [new Port(), new Port()];
    const ahead = new AnswersAhead(port, 80);
    ahead.send([list], going);
    const ending = new AbortController();
    void ahead.over(later).call(list, ending.signal);
    ending.abort();
    await settled();
    expect(later.asked).toEqual([list]);
  });
});
