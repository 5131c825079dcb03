/** One thing that came from the keyboard, or from the terminal itself. */
export type InputEvent =
  /**
   * A key by its name, which includes its modifiers: `enter`, `alt-enter`, `ctrl-c`, `y`. A key with a modifier
   * is therefore never taken for the bare one. `text` is the text it types, if any.
   */
  | {readonly kind: 'key'; readonly name: string; readonly text?: string}
  /** A text that was pasted, as a whole. */
  | {readonly kind: 'paste'; readonly text: string}
  /** An answer of the terminal to a query, or a focus event: no key was pressed. */
  | {readonly kind: 'reply'}
  /** A sequence that stands for no key that is known here. */
  | {readonly kind: 'unknown'}
  /** Nothing more can come: Ctrl-D on an empty line, or a terminal that is gone. */
  | {readonly kind: 'end'};

export type KeyEvent = Extract<InputEvent, {kind: 'key'}>;
