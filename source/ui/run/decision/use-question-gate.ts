import {useEffect, useEffectEvent} from 'react';
import {changesAt, drawnGate} from '../../question/question-gate.ts';
import type {InkSession} from '../../terminal/ink-session.tsx';
import {askingOf, pendingOf, type ScreenState, type Shown} from '../run-screen-state.ts';

interface Watched {
  readonly session: InkSession | undefined;
  readonly shown: Shown;
  readonly latest: () => ScreenState;
  readonly become: (screen: ScreenState) => void;
  /** The end of the question's changes is in this frame. */
  readonly endShown: boolean;
}

/**
 * Notes when the terminal has shown a question, and when the end of its changes. Redraws when the quiet time is over.
 */
export function useQuestionGate({session, shown, latest, become, endShown}: Watched): void {
  const screen = latest();
  const now = session?.clock.now() ?? 0;
  const asking = askingOf(screen, shown, now) ?? pendingOf(screen, shown, now);
  const id = asking?.id;
  const drawn = screen.gate.id === id && screen.gate.drawnAt !== undefined;
  const isUp = id !== undefined && pendingOf(screen, shown, now)?.id !== id;

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

  const isSeen = screen.seen === id;
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

  const due = id === undefined ? undefined : changesAt(screen.gate, id, screen.lastKeyAt, now);
  const drawAgain = useEffectEvent(() => become({...latest()}));
  useEffect(() => {
    if (session === undefined || due === undefined) return;
    return session.clock.after(Math.max(0, due - session.clock.now()), drawAgain);
  }, [session, due]);
}
