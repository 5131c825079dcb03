import {describe, expect, it} from 'vitest';
import {faultMatches, isPassing, isUnanswered, type FaultKind} from '../../../source/engine/model/fault.ts';
import {faultOf} from '../turns.ts';

const named = (name: string, ...wanted: string[]): boolean => faultMatches(faultOf('invalid', name), wanted);

describe('a fault’s name', () => {
  it('matches with and without its ending, on either side', () => {
    expect(named('ResourceInUseException', 'ResourceInUse')).toBe(true);
    expect(named('ResourceInUse', 'ResourceInUseException')).toBe(true);
    expect(named('ExpressionError', 'Expression')).toBe(true);
  });

  it('matches no other name, however alike', () => {
    expect(named('ResourceInUseException', 'Resource')).toBe(false);
    expect(named('ResourceInUseException', 'resourceinuse')).toBe(false);
    expect(named('ResourceInUseException')).toBe(false);
    expect(named('ErrorInBox', 'InBox')).toBe(false);
  });

  it('matches one of several, and All whatever it is', () => {
    expect(named('B', 'A', 'B')).toBe(true);
    expect(named('Anything', 'All')).toBe(true);
  });
});

describe('a fault’s kind', () => {
  const all: readonly FaultKind[] = [
    'denied',
    'not-enabled',
    'no-endpoint',
    'credentials',
    'clock',
    'tls',
    'proxy',
    'throttled',
    'transient',
    'timeout',
    'garbled',
    'not-found',
    'invalid',
    'conflict',
    'expression',
    'assertion',
    'waiter',
    'unsafe',
  ];

  it('that may pass by itself is tried again; no other is', () => {
    const passing = all.filter((kind) => isPassing(faultOf(kind, 'X')));
    expect(passing).toEqual(['clock', 'throttled', 'transient', 'timeout', 'garbled']);
  });

  it('does not pass where the next try would meet the same', () => {
    for (const kind of all) expect(isPassing({...faultOf(kind, 'X'), final: true}), kind).toBe(false);
  });

  it('that leaves open what became of the request is one without a real answer', () => {
    const unanswered = all.filter((kind) => isUnanswered(faultOf(kind, 'X')));
    expect(unanswered).toEqual(['transient', 'timeout', 'garbled']);
  });
});
