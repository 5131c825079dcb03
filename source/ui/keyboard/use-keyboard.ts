import {use, useEffect, useEffectEvent} from 'react';
import type {InputEvent, KeyEvent} from '../terminal/input-event.ts';
import {SessionContext} from '../terminal/ink-session.tsx';

interface Listener {
  readonly onKey: (key: KeyEvent) => void;
  readonly onPaste: (text: string) => void;
}

/** The one place where a screen listens to the keyboard. Where there is none, it does nothing. */
export function useKeyboard({onKey, onPaste}: Listener): void {
  const session = use(SessionContext);
  const heard = useEffectEvent((event: InputEvent) => {
    if (event.kind === 'paste') onPaste(event.text);
    // The terminal's answers and unknown sequences were not meant by the operator.
    if (event.kind === 'key') onKey(event);
  });
  useEffect(() => session?.keyboard.listen(heard), [session]);
}
