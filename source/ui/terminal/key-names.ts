import type {InputEvent, KeyEvent} from './input-event.ts';

/** Keys by the last letter of their sequence: `ESC [ A`, `ESC O A`. */
const byLetter: Readonly<Record<string, string>> = {
  A: 'up',
  B: 'down',
  C: 'right',
  D: 'left',
  E: 'center',
  F: 'end',
  H: 'home',
  P: 'f1',
  Q: 'f2',
  S: 'f4',
  Z: 'shift-tab',
  a: 'shift-up',
  b: 'shift-down',
  c: 'shift-right',
  d: 'shift-left',
};

/** Keys by their number: `ESC [ 5 ~`. */
const byNumber: Readonly<Record<number, string>> = {
  1: 'home',
  2: 'insert',
  3: 'delete',
  4: 'end',
  5: 'pageup',
  6: 'pagedown',
  7: 'home',
  8: 'end',
  ...Object.fromEntries([11, 12, 13, 14, 15].map((code, index) => [code, `f${index + 1}`])),
  ...Object.fromEntries([17, 18, 19, 20, 21].map((code, index) => [code, `f${index + 6}`])),
  23: 'f11',
  24: 'f12',
};

/** Keys that kitty's protocol and xterm's modifyOtherKeys name by a code point. */
const byCodePoint: Readonly<Record<number, string>> = {
  8: 'backspace',
  9: 'tab',
  10: 'enter',
  13: 'enter',
  27: 'escape',
  127: 'backspace',
  57414: 'enter',
  57417: 'left',
  57418: 'right',
  57419: 'up',
  57420: 'down',
  57421: 'pageup',
  57422: 'pagedown',
  57423: 'home',
  57424: 'end',
  57426: 'delete',
};

/** Modifiers by their bit, in the order in which a name holds them. Caps lock and num lock are none. */
const modifiers = [
  [8, 'super'],
  [16, 'hyper'],
  [32, 'meta'],
  [4, 'ctrl'],
  [2, 'alt'],
  [1, 'shift'],
] as const;
const [shift, alt] = [1, 2];

const unknown: InputEvent = {kind: 'unknown'};
const reply: InputEvent = {kind: 'reply'};

/** Names a key with its modifiers, given as bits. */
export function keyEvent(name: string, bits = 0): KeyEvent {
  const held = modifiers.flatMap(([bit, word]) => ((bits & bit) === 0 ? [] : [`${word}-`]));
  return {kind: 'key', name: held.join('') + name};
}

/** The key that a single control byte stands for; Alt was held when an escape came right before it. */
export function controlKey(byte: number, withAlt: boolean): KeyEvent {
  const bits = withAlt ? alt : 0;
  if (byte === 0x0d || byte === 0x0a) return keyEvent('enter', bits);
  if (byte === 0x09) return keyEvent('tab', bits);
  if (byte === 0x08 || byte === 0x7f) return keyEvent('backspace', bits);
  const letter = byte === 0 ? 'space' : String.fromCharCode(byte + 0x40).toLowerCase();
  return keyEvent(letter, bits | 4);
}

/** The key that types a character. A control character of Unicode's second block stands for none. */
export function characterKey(character: string, withAlt: boolean): InputEvent {
  if (/[\u0080-\u009F\uFFFD]/.test(character)) return unknown;
  return withAlt ? keyEvent(character, alt) : typing(character);
}

/** Returns the key of `ESC [ parameters letter`. */
export function controlSequence(parameters: string, letter: string, withAlt: boolean): InputEvent {
  // Only answers have these marks: device attributes, modes, versions, the mouse.
  if (/^[?<=>]/.test(parameters) || /[ -/]/.test(parameters)) return reply;
  if ('IORcntxy'.includes(letter) && !(letter === 'c' && parameters === '')) return reply;
  const [[code = NaN, shifted = NaN] = [], [mask = 1, happened = 1] = [], text = []] = numbersOf(parameters);
  // A key that was let go was pressed before.
  if (happened === 3) return reply;
  const bits = (mask - 1) | (withAlt ? alt : 0);
  if (letter === 'u') return fromCodePoint(code, shifted, bits, text);
  if (letter === '~' && code === 27) return fromCodePoint(text[0] ?? NaN, NaN, bits, []);
  if ('~^$@'.includes(letter)) {
    const rxvt = letter === '^' ? 4 : letter === '$' ? shift : letter === '@' ? 5 : 0;
    const name = byNumber[code];
    return name === undefined ? unknown : keyEvent(name, bits | rxvt);
  }
  return fromLetter(letter, bits);
}

/** Returns the key of `ESC O parameters letter`. */
export function singleShift(parameters: string, letter: string, withAlt: boolean): InputEvent {
  const mask = Number(parameters.split(';').at(-1) ?? '') || 1;
  // rxvt: Ctrl with an arrow.
  const ctrl = 'abcd'.includes(letter);
  return fromLetter(ctrl ? letter.toUpperCase() : letter, (mask - 1) | (withAlt ? alt : 0) | (ctrl ? 4 : 0));
}

function fromLetter(letter: string, bits: number): InputEvent {
  const name = letter === 'R' ? 'f3' : byLetter[letter];
  return name === undefined ? unknown : keyEvent(name, bits);
}

/** `typed`: the text that the key typed, where the terminal says it; `shifted`: the code point with Shift. */
function fromCodePoint(code: number, shifted: number, bits: number, typed: readonly number[]): InputEvent {
  const name = byCodePoint[code];
  if (name !== undefined) return keyEvent(name, bits);
  if (!isCharacter(code)) return unknown;
  const own = String.fromCodePoint(code);
  const held = bits & 0b111111;
  if ((held & ~shift) !== 0) return keyEvent(own, held);
  const points = typed.length > 0 ? typed : held === shift ? [shifted] : [code];
  if (points.every(isCharacter)) return typing(String.fromCodePoint(...points));
  return typing(held === shift ? own.toUpperCase() : own);
}

function typing(text: string): InputEvent {
  return {...keyEvent(text), text};
}

/**
 * Returns true if a code point types something: no control, no half of a pair, no key of kitty's private range.
 */
function isCharacter(code: number): boolean {
  const isKey = code >= 0xe000 && code <= 0xf8ff;
  const isHalf = code >= 0xd800 && code <= 0xdfff;
  return (code >= 0x20 && code < 0x7f) || (code > 0x9f && code <= 0x10ffff && !isHalf && !isKey);
}

/** Numbers between semicolons, each with its parts between colons; NaN where there is none. */
function numbersOf(parameters: string): readonly (readonly number[])[] {
  return parameters
    .split(';')
    .map((part) => part.split(':').map((digits) => (digits === '' ? NaN : Number(digits))));
}
