import {useInput, usePaste, useStdin} from 'ink';
import {actionFor, keyName, type Action, type Focus} from './bindings.ts';

interface Keyboard {
  /** Asked anew for each key; the first that has a use for the key takes it. */
  readonly focus: () => readonly Focus[];
  /** A key of the table was pressed, or, with no action, one that is not in it. */
  readonly onKey: (action: Action | undefined, input: string) => void;
  readonly onPaste: (text: string) => void;
}

/** The one place that listens to the keyboard. Without a terminal to listen to, it does nothing. */
export function useKeyboard({focus, onKey, onPaste}: Keyboard): void {
  const {isRawModeSupported} = useStdin();
  useInput(
    (input, key) => {
      // Over a slow line several keys come in one piece. Only a decision is left whole: nothing may slip into it.
      const pieces = input.length > 1 && !focus().includes('question') ? Array.from(input) : [input];
      for (const piece of pieces) {
        const name = piece === '\r' ? 'enter' : piece === '\u007F' ? 'backspace' : keyName(piece, key);
        const action = focus().flatMap((where) => actionFor(name, where) ?? [])[0];
        const isText = !key.ctrl && !key.meta && piece !== '';
        if (action !== undefined || isText) onKey(action, isText ? piece : '');
      }
    },
    {isActive: isRawModeSupported},
  );
  usePaste(onPaste, {isActive: isRawModeSupported});
}
