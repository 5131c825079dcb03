import {useInput, usePaste, useStdin} from 'ink';
import {actionFor, keyName, type Action, type Focus} from './keys.ts';

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
      const name = keyName(input, key);
      const action = focus().flatMap((where) => actionFor(name, where) ?? [])[0];
      const isText = !key.ctrl && !key.meta && input !== '';
      if (action !== undefined || isText) onKey(action, isText ? input : '');
    },
    {isActive: isRawModeSupported},
  );
  usePaste(onPaste, {isActive: isRawModeSupported});
}
