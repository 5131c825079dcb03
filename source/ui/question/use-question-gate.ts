import {useEffect, useEffectEvent} from 'react';
import type {InkSession} from '../terminal/ink-session.tsx';
import {changesAt, drawnGate, type Gated} from './question-gate.ts';

interface Watched<State extends Gated> {
  readonly session: InkSession | undefined;
  readonly latest: () => State;
  readonly become: (screen: State) => void;
  /** The question that is to be seen, or waits for a moment without keys; by its number. */
  readonly id: number | undefined;
  /** It is to be seen. */
  readonly isUp: boolean;
  /** The end of the question's changes is in this frame. */
  readonly endShown: boolean;
}

/**
 * Notes when the terminal has shown a question, and when the end of its changes. Redraws when the quiet time is over.
 */
export function useQuestionGate<State extends Gated>(watched: Watched<State>): void {
  const {session, latest, become, id, isUp, endShown} = watched;
  const {gate, lastKeyAt, seen} = latest();
  const now = session?.clock.now() ?? 0;
  const drawn = gate.id === id && gate.drawnAt !== undefined;

  const noteDrawn = useEffectEvent((question: number, at: number) => {
    become({...latest(), gate: drawnGate(latest().gate, question, at)});
  });
  useEffect(() => {
    if (session === undefined || id === undefined || drawn || !isUp) return;
    let current = true;
    const watch = async (): Promise<void> => {
      await session.drawn();
      if (current) noteDrawn(id, session.clock.now());
    };
    void watch();
    return () => {
      current = false;
    };
  }, [session, id, drawn, isUp]);

  const isSeen = seen === id;
  const noteSeen = useEffectEvent((question: number) => become({...latest(), seen: question}));
  useEffect(() => {
    if (session === undefined || id === undefined || isSeen || !endShown) return;
    let current = true;
    const watch = async (): Promise<void> => {
      await session.drawn();
      if (current) noteSeen(id);
    };
    void watch();
    return () => {
      current = false;
    };
  }, [session, id, isSeen, endShown]);

  const due = id === undefined ? undefined : changesAt(gate, id, lastKeyAt, now);
  const drawAgain = useEffectEvent(() => become({...latest()}));
  useEffect(() => {
    if (session === undefined || due === undefined) return;
    return session.clock.after(Math.max(0, due - session.clock.now()), drawAgain);
  }, [session, due]);
}
