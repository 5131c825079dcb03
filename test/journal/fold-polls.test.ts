import {array, assert, asyncProperty, constantFrom} from 'fast-check';
import {expect, it} from 'vitest';
import type {Event} from '../../source/engine/model/events.ts';
import {foldingPolls} from '../../source/journal/fold-polls.ts';

const place = {step: 'quiet', region: 'eu-west-1', item: ''};

function poll(call: number, at: number, found: string | undefined): readonly Event[] {
  return [
    {
      type: 'call-started',
      call,
      ...place,
      phase: 'poll',
      operation: 'imagebuilder:ListImageBuildVersions',
      effect: 'read',
      attempt: 1,
      page: 1,
      input: {},
      at,
    },
    found === undefined
      ? {
          type: 'call-failed',
          call,
          ms: 80,
          fault: {kind: 'throttled', name: 'T', message: ''},
          retryAt: at + 1000,
          at: at + 80,
        }
      : {type: 'call-succeeded', call, ms: 80, nextPollAt: at + 1000, summary: found, at: at + 80},
  ];
}

async function journaled(events: readonly Event[]): Promise<readonly Event[]> {
  const written: Event[] = [];
  const journal = foldingPolls({append: async (batch) => void written.push(...batch)});
  for (const event of events) await journal.append([event]);
  return written;
}

const succeeded = (events: readonly Event[]) => events.filter(({type}) => type === 'call-succeeded');

it('leaves out polls that found what the one before found, and counts them in the next', async () => {
  const polls = ['2 running', '2 running', '2 running', '1 running', '1 running'];
  const written = await journaled(polls.flatMap((found, index) => poll(index + 1, index * 1000, found)));
  expect(succeeded(written)).toMatchObject([
    {call: 1, summary: '2 running'},
    {call: 4, summary: '1 running', unrecorded: {polls: 2, calls: 2}},
  ]);
});

it('records a poll every ten minutes, so that eight hours of one a second are 50 records and not 28,800', async () => {
  const written = await journaled(
    Array.from({length: 28_800}, (_, index) => poll(index + 1, index * 1000, 'x')).flat(),
  );
  expect(succeeded(written).length).toBeLessThan(50);
});

it('counts every poll once, and never leaves out a failure or another finding', async () => {
  const looks = array(constantFrom('a', 'b', undefined), {maxLength: 60});
  await assert(
    asyncProperty(looks, async (found) => {
      const written = await journaled(found.flatMap((each, index) => poll(index + 1, index * 1000, each)));
      const ended = written.filter(({type}) => type === 'call-succeeded' || type === 'call-failed');
      const news = found.filter(
        (each, index) => index === 0 || each === undefined || each !== found[index - 1],
      );
      expect(ended.map((event) => ('summary' in event ? event.summary : undefined))).toEqual(news);
      const unrecorded = ended.reduce(
        (total, event) => total + (('unrecorded' in event ? event.unrecorded?.polls : 0) ?? 0),
        0,
      );
      const trailing =
        found.length - 1 - found.findLastIndex((each) => each === undefined || each !== found.at(-1));
      const left = found.at(-1) === undefined ? 0 : Math.max(0, trailing - 1);
      expect(ended.length + unrecorded + (found.length === 0 ? 0 : left)).toBe(found.length);
      expect(written.filter(({type}) => type === 'call-started')).toHaveLength(ended.length);
    }),
  );
});
