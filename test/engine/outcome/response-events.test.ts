import {describe, expect, it} from 'vitest';
import {faultOf, Turns, typesOf} from '../turns.ts';

const expired = faultOf('credentials', 'ExpiredTokenException');
const missing = faultOf('not-found', 'NoSuchBoxException');

function step(operation: string, more = ''): Turns {
  return new Turns(`
  - {id: agree, title: Agree, confirm: {message: Agree.}}
  - id: act
    title: Act
    call: ${operation}
${more}`);
}

/** The step's call, once the operator has agreed to it. */
function agreed(operation: string, more = ''): Turns {
  const turns = step(operation, more);
  turns.agree();
  return turns;
}

const goOn = (more: string): string =>
  `    catch:\n      - {errorEquals: [NoSuchBox], next: continue${more}}\n`;

describe('a call that is refused for expired credentials', () => {
  it('is held, and the run pauses for new ones', () => {
    const turns = agreed('box:OpenBox');
    expect(turns.refuse(turns.call(), expired)).toMatchObject([
      {type: 'call-failed', held: true},
      {type: 'paused', why: 'credentials'},
    ]);
    expect(turns.calls()).toEqual([]);
  });

  it('is sent again as it was, at most three times in a row', () => {
    const turns = agreed('box:ShipBox');
    const first = turns.call();
    const inputs = [first.request.input];
    turns.refuse(first, expired);
    for (let renewal = 1; renewal <= 2; renewal += 1) {
      turns.command({do: 'continue'});
      const again = turns.call();
      inputs.push(again.request.input);
      expect(turns.refuse(again, expired)[0]).toMatchObject({held: true});
    }
    turns.command({do: 'continue'});
    const last = turns.call();
    expect(typesOf(turns.refuse(last, expired))).toEqual(['call-failed', 'item-failed']);
    inputs.push(last.request.input);
    expect(new Set(inputs.map((input) => JSON.stringify(input)))).toHaveLength(1);
  });

  it('does not use up a try', () => {
    const turns = agreed('box:OpenBox');
    turns.refuse(turns.call(), expired);
    turns.command({do: 'continue'});
    expect(turns.call().intent.attempt).toBe(1);
  });

  it('pauses the run once, however many calls are refused', () => {
    const regions = ['eu-west-1', 'eu-west-2'];
    const turns = new Turns('  - {id: look, title: Look, scope: region, call: box:GetBox}', {regions});
    const pauses = turns
      .calls()
      .flatMap((call) => turns.refuse(call, expired))
      .filter(({type}) => type === 'paused');
    expect(pauses).toHaveLength(1);
  });
});

it('a call whose credentials cannot be renewed is held for an operator only: nobody else can bring new ones', () => {
  const look = '  - {id: look, title: Look, call: box:GetBox}';
  const ended = {...expired, renewable: false} as const;
  const alone = new Turns(look);
  expect(typesOf(alone.refuse(alone.call(), ended))).toEqual(['call-failed', 'item-failed']);
  const attended = new Turns(look, {program: {attended: true}});
  expect(attended.refuse(attended.call(), ended)[0]).toMatchObject({held: true});
});

describe('a deletion that finds nothing', () => {
  it('has happened when it was sent before', () => {
    const turns = agreed('box:DeleteBox');
    turns.refuse(turns.call(), faultOf('transient', 'ECONNRESET'));
    turns.pass(60_000);
    expect(turns.refuse(turns.call(), missing)).toMatchObject([
      {type: 'call-failed'},
      {type: 'item-done', note: 'was gone already', happened: 'box:DeleteBox'},
    ]);
    expect([...turns.state.changes]).toMatchObject([{operation: 'box:DeleteBox'}]);
  });

  it('is done, and no change of ours, when it was sent for the first time', () => {
    const turns = agreed('box:DeleteBox');
    expect(turns.refuse(turns.call(), missing)).toMatchObject([
      {type: 'call-failed'},
      {type: 'item-done', note: 'was gone already: another client deleted it'},
    ]);
    turns.turn();
    expect(turns.state.ended?.status).toBe('done');
    expect([...turns.state.changes]).toEqual([]);
  });

  it('is told from any other change that finds nothing', () => {
    const turns = agreed('box:ShipBox');
    turns.refuse(turns.call(), faultOf('transient', 'ECONNRESET'));
    turns.pass(60_000);
    expect(typesOf(turns.refuse(turns.call(), missing))).toEqual(['call-failed', 'item-failed']);
  });
});

describe('an error that the step takes for done', () => {
  it('ends its item, with the words of the runbook or of AWS', () => {
    const said = agreed('box:OpenBox', goOn(', message: "gone, ${{ account.id }}"'));
    expect(said.refuse(said.call(), missing)[1]).toMatchObject({
      type: 'item-done',
      note: 'gone, 123456789012',
    });
    const plain = agreed('box:OpenBox', goOn(''));
    expect(plain.refuse(plain.call(), missing)[1]).toMatchObject({type: 'item-done', note: missing.message});
  });

  it('is tried again first where it may pass', () => {
    const turns = agreed('box:ShipBox', '    catch:\n      - {errorEquals: [All], next: continue}\n');
    expect(turns.refuse(turns.call(), faultOf('throttled', 'Throttling'))).toMatchObject([
      {type: 'call-failed', maxAttempts: 8},
    ]);
  });

  it('is no other error', () => {
    const turns = agreed('box:OpenBox', goOn(''));
    expect(typesOf(turns.refuse(turns.call(), faultOf('denied', 'AccessDenied')))).toEqual([
      'call-failed',
      'item-failed',
    ]);
  });
});

it('a try that may pass is made again when its time has come, not before', () => {
  const turns = agreed('box:ShipBox');
  turns.refuse(turns.call(), faultOf('throttled', 'Throttling'));
  expect(turns.turn()).toMatchObject({calls: [], wakeAt: 500});
  turns.pass(499);
  expect(turns.calls()).toEqual([]);
  turns.pass(1);
  expect(turns.call().intent.attempt).toBe(2);
});
