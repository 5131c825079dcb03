/** One thing that came from the keyboard, or from the terminal itself. */
export type InputEvent =
  /**
   * A key by its name, which holds its modifiers: `enter`, `alt-enter`, `ctrl-c`, `y`. So a key with a modifier is
   * never taken for the bare one. `text`: what it types, when it types something.
   */
  | {readonly kind: 'key'; readonly name: string; readonly text?: string}
  /** A text that was pasted, as a whole. */
  | {readonly kind: 'paste'; readonly text: string}
  /** The terminal answered a question, or said that it has the focus: nobody pressed a key. */
  | {readonly kind: 'reply'}
  /** A sequence that stands for no key that is known here. */
  | {readonly kind: 'unknown'};

export type KeyEvent = Extract<InputEvent, {kind: 'key'}>;
