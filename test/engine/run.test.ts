import {describe, expect, it} from 'vitest';
import type {Event, Question} from '../../source/engine/model/events.ts';
import type {Json} from '../../source/data/json.ts';
import {stamp, type Answer, type CallOutcome, type CallRequest} from '../../source/engine/model/ports.ts';
import type {Program} from '../../source/engine/model/program.ts';
import type {RunState} from '../../source/engine/model/state.ts';
import {evolve, initialState} from '../../source/engine/evolve/evolve.ts';
import {run, type Steering} from '../../source/engine/run.ts';
import {Secret} from '../../source/runbook/secret.ts';
import {boxService, model, structure} from './models.ts';
import {faultOf, programOf, runStarted} from './turns.ts';
import {virtualClock} from './virtual-clock.ts';

/** What a run did, in order: each batch that was journaled, and each request that was sent. */
type Deed = {readonly journaled: readonly Event[]} | {readonly sent: CallRequest};

interface Played {
  readonly state: RunState;
  readonly deeds: readonly Deed[];
  readonly questions: readonly Question[];
}

interface Play {
  readonly program?: Partial<Program>;
  readonly inputs?: Readonly<Record<string, Json>>;
  readonly regions?: readonly string[];
  readonly answer: (request: CallRequest, stop: () => void) => CallOutcome;
  readonly ask?: (question: Question) => Answer;
  readonly steering?: Steering;
  /** How often new credentials are looked for in vain. */
  readonly renewals?: number;
}

/** Plays a run by the real loop, with ports that take no time but the clock's. */
async function played(steps: string, play: Play): Promise<Played> {
  const program = programOf(steps, play.program);
  const clock = virtualClock(0);
  const gently = new AbortController();
  const deeds: Deed[] = [];
  const questions: Question[] = [];
  const first = runStarted(program, play);
  let renewals = play.renewals ?? 0;
  let tokens = 0;
  let state: RunState | undefined;
  void run({
    program,
    ports: {
      aws: {
        call: async (request) => {
          deeds.push({sent: request});
          return play.answer(request, () => gently.abort('SIGINT'));
        },
        renew: async () =>
          (renewals -= 1) < 0 ? {works: true, fresh: true} : {works: false, why: 'expired still'},
      },
      clock,
      operator: {
        ask: async (question) => {
          questions.push(question);
          return (play.ask ?? yes)(question);
        },
      },
      journal: {
        append: async (journaled) => {
          // A disk takes its time.
          await clock.until(clock.now(), new AbortController().signal);
          deeds.push({journaled});
        },
      },
      chance: {random: () => 0.5, token: () => `token-${(tokens += 1)}`},
    },
    from: evolve(initialState, stamp(first, 0)),
    publish: () => {},
    interruption: {gently: gently.signal, atOnce: new AbortController().signal},
    ...(play.steering === undefined ? {} : {steering: play.steering}),
  }).then((ended) => (state = ended));
  await clock.passUntil(() => state !== undefined);
  if (state === undefined) throw new Error('the run has not ended');
  return {state, deeds, questions};
}

function yes(): Answer {
  return {accepted: true, by: 'test'};
}

function ok(output: Json, nextToken?: string): CallOutcome {
  return {ok: true, output, ms: 1, unmodeled: [], ...(nextToken === undefined ? {} : {nextToken})};
}

function refused(kind: Parameters<typeof faultOf>[0], name: string): CallOutcome {
  return {ok: false, fault: faultOf(kind, name), ms: 1};
}

function sent({deeds}: Played): readonly CallRequest[] {
  return deeds.flatMap((deed) => ('sent' in deed ? [deed.sent] : []));
}

const list = '  - {id: list, title: List, scope: region, call: box:ListBoxes, output: "${{ boxes }}"}';
const agree = '  - {id: agree, title: Agree, confirm: {message: Agree.}}';
const ship = '  - {id: ship, title: Ship, call: box:ShipBox}';

/** One of three pages of a Region’s boxes. */
function page({region = '', input}: CallRequest): CallOutcome {
  const number = Number(input['nextToken'] ?? 1);
  return ok({boxes: [`${region} ${number}`]}, number < 3 ? String(number + 1) : undefined);
}

describe('what is sent', () => {
  it('is in the journal first, as it is sent', async () => {
    const {deeds} = await played(`${agree}\n${ship}`, {answer: () => ok({})});
    const call = deeds.findIndex((deed) => 'sent' in deed);
    const [journal, request] = [deeds[call - 1], deeds[call]];
    if (journal === undefined || !('journaled' in journal)) throw new Error('nothing was journaled before');
    const intent = journal.journaled.find(({type}) => type === 'call-started');
    expect(intent).toMatchObject({
      input: request !== undefined && 'sent' in request ? request.sent.input : {},
    });
  });

  it('is nothing once the run is interrupted; what is under way is still journaled', async () => {
    const result = await played(`${list}\n${agree}\n${ship}`, {
      answer: (_request, stop) => {
        stop();
        return ok({boxes: ['a']});
      },
    });
    expect(sent(result)).toHaveLength(1);
    expect(result.questions).toEqual([]);
    expect(result.state).toMatchObject({interrupted: 'SIGINT'});
    expect(result.deeds.flatMap((deed) => ('journaled' in deed ? deed.journaled : []))).toContainEqual(
      expect.objectContaining({type: 'call-succeeded'}),
    );
  });

  it('is nothing when the operator says no, or nobody is there to say yes', async () => {
    const no = await played(`${agree}\n${ship}`, {
      answer: () => ok({}),
      ask: () => ({accepted: false, by: 'test'}),
    });
    expect(sent(no)).toEqual([]);
    expect(no.state.ended?.status).toBe('declined');
    const nobody = await played(`${agree}\n${ship}`, {
      answer: () => ok({}),
      ask: () => ({accepted: false, by: 'nobody', missing: '--yes'}),
    });
    expect(sent(nobody)).toEqual([]);
    expect(nobody.state.ended).toMatchObject({
      status: 'needs-operator',
      message: 'nobody is here to confirm: answer with --yes',
    });
  });
});

describe('a list of several pages', () => {
  it('is read page by page, each by the token before, and is one list in the end', async () => {
    const result = await played(list, {answer: page});
    expect(sent(result).map(({input}) => input['nextToken'])).toEqual([undefined, '2', '3']);
    expect(result.state.lanes.get('eu-west-1')?.results['list']?.output).toEqual([
      'eu-west-1 1',
      'eu-west-1 2',
      'eu-west-1 3',
    ]);
  });

  it('is one list a Region, though they are read at the same time', async () => {
    const {state} = await played(list, {answer: page, regions: ['eu-west-1', 'us-east-1']});
    for (const region of ['eu-west-1', 'us-east-1']) {
      const output = state.lanes.get(region)?.results['list']?.output;
      expect(output).toEqual([1, 2, 3].map((number) => `${region} ${number}`));
    }
  });

  it('goes on at the page that failed', async () => {
    let failures = 1;
    const result = await played(list, {
      answer: (request) => {
        if (request.input['nextToken'] === '2' && (failures -= 1) >= 0)
          return refused('throttled', 'Throttling');
        return page(request);
      },
    });
    expect(sent(result).map(({input}) => input['nextToken'])).toEqual([undefined, '2', '2', '3']);
    expect(result.state.lanes.get('eu-west-1')?.results['list']?.output).toHaveLength(3);
  });

  it('that is read anew in another round starts with no page of the last one', async () => {
    let rounds = 2;
    const again = `${list}
  - {id: act, title: Act, call: box:GetBox, catch: [{errorEquals: [Busy], next: list, maxVisits: 3}]}`;
    const {state} = await played(again, {
      answer: (request) => {
        if (request.operation === 'box:ListBoxes') return page(request);
        return (rounds -= 1) > 0 ? refused('conflict', 'Busy') : ok({});
      },
    });
    expect(state.lanes.get('eu-west-1')?.results['list']?.output).toHaveLength(3);
  });
});

it('a list that a refused page sent back to an earlier step is read from its first page', async () => {
  let refusals = 1;
  const result = await played(
    `  - {id: first, title: First, scope: region, call: box:GetBox}
${list.slice(0, -1)}, catch: [{errorEquals: [AccessDenied], next: first, maxVisits: 2}]}`,
    {
      answer: (request) => {
        if (request.operation === 'box:GetBox') return ok({});
        if (request.input['nextToken'] === '2' && (refusals -= 1) >= 0)
          return refused('denied', 'AccessDenied');
        return page(request);
      },
    },
  );
  const pages = sent(result).filter(({operation}) => operation === 'box:ListBoxes');
  expect(pages.map(({input}) => input['nextToken'])).toEqual([undefined, '2', undefined, '2', '3']);
  expect(result.state.lanes.get('eu-west-1')?.results['list']?.output).toHaveLength(3);
});

describe('a secret', () => {
  it('is in the request that is sent, and in nothing that is journaled', async () => {
    const secret = new Secret('word', 's3cret');
    const {deeds, state} = await played(
      `${agree}\n  - {id: ship, title: Ship, call: box:ShipBox, with: {label: "\${{ inputs.word }}"}}`,
      {
        program: {secrets: [secret]},
        inputs: {word: secret.mask},
        answer: (request) => ok({echo: request.input['label'] ?? ''}),
      },
    );
    expect(deeds).toContainEqual({
      sent: expect.objectContaining({input: expect.objectContaining({label: 's3cret'})}),
    });
    expect(JSON.stringify(deeds.filter((deed) => 'journaled' in deed))).not.toContain('s3cret');
    expect(JSON.stringify([...state.changes])).toContain(secret.mask);
  });

  it('of AWS’s own, which its model marks, is not kept', async () => {
    const shipBox = model('box:ShipBox', {
      effect: 'change',
      output: structure({password: 'sensitive', id: 'text'}),
    });
    const operations = new Map([...boxService, shipBox].map((one) => [one.name, one]));
    const {deeds} = await played(`${agree}\n${ship}`, {
      program: {operations},
      answer: () => ok({password: 'hunter2', id: 'p1'}),
    });
    expect(JSON.stringify(deeds)).not.toContain('hunter2');
    expect(JSON.stringify(deeds)).toContain('p1');
  });
});

describe('a run whose credentials have expired', () => {
  it('looks for new ones every five seconds, and goes on with what was held', async () => {
    let expired = 1;
    const result = await played(`${agree}\n${ship}`, {
      renewals: 2,
      answer: () => ((expired -= 1) >= 0 ? refused('credentials', 'ExpiredToken') : ok({})),
    });
    expect(result.state.ended?.status).toBe('done');
    const [first, second, ...more] = sent(result);
    expect(more).toEqual([]);
    expect(second).toEqual(first);
    const continued = result.deeds
      .flatMap((deed) => ('journaled' in deed ? deed.journaled : []))
      .find(({type}) => type === 'continued');
    expect(continued).toMatchObject({by: 'new credentials', at: 15_000});
  });
});
