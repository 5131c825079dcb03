import {describe, expect, it} from 'vitest';
import type {CallAction} from '../../../source/engine/model/decision.ts';
import {faultOf, Turns, typesOf} from '../turns.ts';

/** A wait on a box, with one acceptor's matcher. */
function waiting(acceptors: string, more = '', minDelay = 10): Turns {
  return new Turns(`
  - id: wait
    title: Wait for the box
    waitUntil:
      call: box:GetBox
      acceptors:
${acceptors}
      minDelay: ${minDelay}
      maxDelay: 40
      maxWaitTime: 60
${more}`);
}

const open =
  '        - {state: success, matcher: {output: {path: lid, expected: OPEN, comparator: stringEquals}}}';
const broken =
  '        - {state: failure, matcher: {output: {path: lid, expected: BROKEN, comparator: stringEquals}}}';

/** Polls until the wait is over; every answer is the same. Returns the times of the polls, in s. */
function pollTimes(turns: Turns, poll: (action: CallAction) => void): readonly number[] {
  const times: number[] = [];
  for (let turn = 0; turn < 100; turn += 1) {
    const {calls, wakeAt} = turns.turn();
    for (const call of calls) {
      times.push(turns.now / 1000);
      poll(call);
    }
    if (turns.state.ended !== undefined) return times;
    if (calls.length === 0) turns.now = wakeAt ?? turns.now;
  }
  throw new Error('the wait has no end');
}

function accepts(matcher: string, output: {lids?: string[]; shut?: boolean; lid?: string}): boolean {
  const turns = waiting(`        - {state: success, matcher: ${matcher}}`);
  return typesOf(turns.answer(turns.call(), output)).includes('item-done');
}

const lids = (comparator: string): string =>
  `{output: {path: lids, expected: UP, comparator: ${comparator}}}`;

const shut = (expected: string): string =>
  `{output: {path: shut, expected: '${expected}', comparator: booleanEquals}}`;

function usage(list: unknown): unknown {
  const turns = waiting(broken, '      failure: {usage: "${{ used }}"}\n');
  const happenings = turns.answer(turns.call(), JSON.parse(JSON.stringify({lid: 'BROKEN', used: list})));
  const last = happenings.at(-1);
  return last?.type === 'item-failed' ? last.usage : undefined;
}

describe('a wait', () => {
  it('looks at longer and longer intervals, and for the last time at its deadline', () => {
    const turns = waiting(open, '', 1);
    const ok = {ok: true, output: {lid: 'SHUT'}, ms: 1, unmodeled: []} as const;
    const times = pollTimes(turns, (action) => turns.outcome(action, ok, 1));
    expect(times).toEqual([
      0, 1, 2, 3, 4, 5, 6.118, 7.355, 8.711, 10.187, 11.783, 13.499, 15.336, 17.294, 19.373, 21.574, 23.896,
      26.34, 28.906, 31.594, 34.404, 37.337, 40.392, 43.57, 46.87, 50.293, 53.839, 57.508, 60,
    ]);
    expect(turns.state.ended).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('60 s') as string,
    });
  });

  it('looks twice a second at most, whatever its delays', () => {
    const reached =
      '{state: success, matcher: {output: {path: lid, expected: OPEN, comparator: stringEquals}}}';
    const turns = new Turns(`
  - id: wait
    title: Wait
    waitUntil: {call: box:GetBox, acceptors: [${reached}], minDelay: 0, maxDelay: 0.2, maxWaitTime: 2}`);
    expect(pollTimes(turns, (poll) => turns.answer(poll, {lid: 'SHUT'}))).toEqual([0, 0.5, 1, 1.5, 2]);
  });

  it('is reached by a last look at its deadline', () => {
    const turns = waiting(open);
    const times = pollTimes(turns, (action) => {
      const lid = turns.now >= 60_000 ? 'OPEN' : 'SHUT';
      turns.outcome(action, {ok: true, output: {lid}, ms: 1, unmodeled: []}, 1);
    });
    expect(times.at(-1)).toBe(60);
    expect(turns.state.ended?.status).toBe('done');
  });

  it('ends with the answer that was waited for', () => {
    const turns = waiting(open);
    turns.answer(turns.call(), {lid: 'OPEN'});
    turns.turn();
    expect(turns.lane().results['wait']).toMatchObject({status: 'succeeded', output: {lid: 'OPEN'}});
  });

  it('keeps of the answer what its output says', () => {
    const turns = waiting(open, '    output: ${{ lid }}\n');
    turns.answer(turns.call(), {lid: 'OPEN'});
    turns.turn();
    expect(turns.lane().results['wait']?.output).toBe('OPEN');
  });

  it('goes by the first acceptor that matches', () => {
    const any = '        - {state: failure, matcher: {success: true}}';
    const first = waiting(`${open}\n${any}`);
    expect(typesOf(first.answer(first.call(), {lid: 'OPEN'}))).toContain('item-done');
    const second = waiting(`${any}\n${open}`);
    expect(typesOf(second.answer(second.call(), {lid: 'OPEN'}))).toContain('item-failed');
  });

  it('is over when an answer says that it can never come true, with the reason that was given', () => {
    const turns = waiting(broken, '      failure: {reason: "${{ why }}"}\n');
    turns.answer(turns.call(), {lid: 'BROKEN', why: 'it fell'});
    turns.turn();
    expect(turns.state.ended).toMatchObject({status: 'failed', message: 'it fell'});
    expect(turns.lane().fault).toMatchObject({kind: 'waiter', name: 'WaiterFailed'});
  });

  it('says that no reason was given where none was', () => {
    for (const answer of [{lid: 'BROKEN'}, {lid: 'BROKEN', why: ''}]) {
      const turns = waiting(broken, '      failure: {reason: "${{ why }}"}\n');
      const happenings = turns.answer(turns.call(), answer);
      expect(happenings.at(-1)).toMatchObject({fault: {message: 'AWS gave no reason'}});
    }
  });

  it('fails on an error that no acceptor names', () => {
    const turns = waiting(open);
    const happenings = turns.refuse(turns.call(), faultOf('denied', 'AccessDeniedException'));
    expect(typesOf(happenings)).toEqual(['call-failed', 'item-failed']);
  });

  it('is reached by an error that an acceptor names, in either spelling', () => {
    const gone = '        - {state: success, matcher: {errorType: NoSuchBox}}';
    for (const name of ['NoSuchBox', 'NoSuchBoxException']) {
      const turns = waiting(gone);
      const happenings = turns.refuse(turns.call(), faultOf('not-found', name));
      expect(typesOf(happenings)).toEqual(['call-failed', 'item-done']);
    }
  });

  it('looks again after an error that says so, without calling it a failed try', () => {
    const turns = waiting(`${open}\n        - {state: retry, matcher: {errorType: NotYet}}`);
    const [failed] = turns.refuse(turns.call(), faultOf('conflict', 'NotYet'));
    expect(failed).toMatchObject({type: 'call-failed', nextPollAt: 10_000});
    expect(turns.items('wait')[0]).toMatchObject({status: 'waiting', polls: 1, attempt: 0});
  });

  it('tries again when nothing came back, and does not conclude anything', () => {
    const turns = waiting(open);
    const [failed] = turns.refuse(turns.call(), faultOf('transient', 'ECONNRESET'));
    expect(failed).toHaveProperty('retryAt');
    expect(turns.items('wait')[0]).toMatchObject({status: 'waiting', polls: 0, attempt: 1});
  });

  it('reads all pages before it concludes anything', () => {
    const turns = waiting('        - {state: success, matcher: {success: true}}');
    const happenings = turns.answer(turns.call(), {lid: 'SHUT'}, {nextToken: 'two'});
    expect(happenings).toEqual([expect.objectContaining({type: 'call-succeeded', more: true})]);
    expect(turns.call().intent.page).toBe(2);
  });

  it('takes an answer without the member that it looks at for a mistake of its path, not for "no"', () => {
    const turns = waiting(open);
    const happenings = turns.answer(turns.call(), {});
    expect(typesOf(happenings)).toEqual(['call-succeeded', 'item-failed']);
    expect(happenings[1]).toMatchObject({fault: {kind: 'expression'}});
  });
});

describe('an acceptor', () => {
  it('for all wants every one of at least one', () => {
    expect(accepts(lids('allStringEquals'), {lids: ['UP', 'UP']})).toBe(true);
    expect(accepts(lids('allStringEquals'), {lids: ['UP', 'DOWN']})).toBe(false);
    expect(accepts(lids('allStringEquals'), {lids: []})).toBe(false);
  });

  it('for any wants one', () => {
    expect(accepts(lids('anyStringEquals'), {lids: ['DOWN', 'UP']})).toBe(true);
    expect(accepts(lids('anyStringEquals'), {lids: ['DOWN']})).toBe(false);
    expect(accepts(lids('anyStringEquals'), {lids: []})).toBe(false);
  });

  it('for a truth value takes both', () => {
    expect(accepts(shut('true'), {shut: true})).toBe(true);
    expect(accepts(shut('true'), {shut: false})).toBe(false);
    expect(accepts(shut('false'), {shut: false})).toBe(true);
  });

  it('of answers does not match an error, and one for errors does not match an answer', () => {
    const turns = waiting(`${open}\n        - {state: failure, matcher: {success: false}}`);
    expect(typesOf(turns.refuse(turns.call(), faultOf('denied', 'X')))).toContain('item-failed');
    expect(accepts('{errorType: X}', {lid: 'OPEN'})).toBe(false);
    expect(accepts('{success: false}', {lid: 'OPEN'})).toBe(false);
  });
});

describe('what a failed deletion names as still in use', () => {
  const arn = 'arn:aws:imagebuilder:eu-west-2:123456789012:image/a/1.0.0/1';

  it('goes to the Region of its ARN; the one that was reported is kept where it differs', () => {
    expect(usage([{Region: 'eu-west-2', Resources: [arn]}])).toEqual([{region: 'eu-west-2', resource: arn}]);
    expect(usage([{Region: 'eu-north-1', Resources: [arn]}])).toEqual([
      {region: 'eu-west-2', resource: arn, reportedRegion: 'eu-north-1'},
    ]);
    expect(usage([{Resources: [arn]}])).toEqual([{region: 'eu-west-2', resource: arn}]);
  });

  it('goes to the Region that was reported where it is no ARN, or one without a Region', () => {
    const role = 'arn:aws:iam::123456789012:role/a';
    expect(usage([{Region: 'eu-west-1', Resources: ['a build', role]}])).toEqual([
      {region: 'eu-west-1', resource: 'a build'},
      {region: 'eu-west-1', resource: role},
    ]);
  });

  it('is nothing where the list is not one', () => {
    for (const odd of [null, 'text', {}, [null, 'text', ['x']], [{Region: 'x'}], [{Resources: 'x'}]]) {
      expect(usage(odd)).toBeUndefined();
    }
  });
});

it('a Region of its list that the run lacks is added, if it is the name of one', () => {
  const turns = waiting(broken, '      failure: {usage: "${{ used }}"}\n');
  const named = [
    'eu-west-2',
    'us-gov-west-1',
    'eu-west-1',
    'global',
    '',
    'eu-west-2; rm',
    'EU-WEST-3',
    'a box',
  ];
  const used = named.map((Region) => ({Region, Resources: ['box b9']}));
  const found = turns
    .answer(turns.call(), {lid: 'BROKEN', used})
    .flatMap((happening) => (happening.type === 'region-found' ? [happening.region] : []));
  expect(found.toSorted()).toEqual(['eu-west-2', 'us-gov-west-1']);
});
