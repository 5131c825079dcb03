import type {InputEvent} from '../../source/ui/terminal/input-event.ts';
import {KeyDecoder} from '../../source/ui/terminal/key-decoder.ts';

/** Everything that the bytes stand for, read in one piece, and nothing follows. */
export function decoded(bytes: string | Uint8Array): readonly string[] {
  const decoder = new KeyDecoder();
  const events = decoder.decode(typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
  return [...events, ...decoder.flush()].map(inWords);
}

export function inWords(event: InputEvent): string {
  if (event.kind === 'key') return event.text === undefined ? `<${event.name}>` : event.text;
  return event.kind === 'paste' ? `paste ${JSON.stringify(event.text)}` : event.kind;
}

/** What terminals send, and the key, paste or answer that it is. */
export const known: readonly (readonly [string, string])[] = [
  ['y', 'y'],
  ['Y', 'Y'],
  [' ', ' '],
  ['é', 'é'],
  ['日', '日'],
  ['🦀', '🦀'],
  ['\r', '<enter>'],
  ['\t', '<tab>'],
  ['\u007F', '<backspace>'],
  ['\b', '<backspace>'],
  ['\u0003', '<ctrl-c>'],
  ['\u0004', '<ctrl-d>'],
  ['\u0015', '<ctrl-u>'],
  ['\u0017', '<ctrl-w>'],
  ['\u001A', '<ctrl-z>'],
  ['\0', '<ctrl-space>'],
  ['\u001B[A', '<up>'],
  ['\u001B[B', '<down>'],
  ['\u001BOC', '<right>'],
  ['\u001BOD', '<left>'],
  ['\u001B[H', '<home>'],
  ['\u001B[1~', '<home>'],
  ['\u001B[4~', '<end>'],
  ['\u001B[5~', '<pageup>'],
  ['\u001B[6~', '<pagedown>'],
  ['\u001B[3~', '<delete>'],
  ['\u001B[Z', '<shift-tab>'],
  ['\u001B[1;2A', '<shift-up>'],
  ['\u001B[1;3B', '<alt-down>'],
  ['\u001B[1;5C', '<ctrl-right>'],
  ['\u001B[5;5~', '<ctrl-pageup>'],
  ['\u001B[5^', '<ctrl-pageup>'],
  ['\u001B[5$', '<shift-pageup>'],
  ['\u001B[a', '<shift-up>'],
  ['\u001BOa', '<ctrl-up>'],
  ['\u001BO5A', '<ctrl-up>'],
  ['\u001BOP', '<f1>'],
  ['\u001B[[A', '<f1>'],
  ['\u001B[15~', '<f5>'],
  ['\u001B[24~', '<f12>'],
  ['\u001B\r', '<alt-enter>'],
  ['\u001By', '<alt-y>'],
  ['\u001Bé', '<alt-é>'],
  ['\u001B\u007F', '<alt-backspace>'],
  ['\u001B\u0003', '<ctrl-alt-c>'],
  ['\u001B\u001B[A', '<alt-up>'],
  ['\u001B\u001BOA', '<alt-up>'],
  // kitty's protocol
  ['\u001B[13u', '<enter>'],
  ['\u001B[13;3u', '<alt-enter>'],
  ['\u001B[13;2u', '<shift-enter>'],
  ['\u001B[27u', '<escape>'],
  ['\u001B[99;5u', '<ctrl-c>'],
  ['\u001B[121u', 'y'],
  ['\u001B[121;2u', 'Y'],
  ['\u001B[121:89;2u', 'Y'],
  ['\u001B[121;1;121u', 'y'],
  ['\u001B[121;3u', '<alt-y>'],
  ['\u001B[121;9u', '<super-y>'],
  ['\u001B[121;65u', 'y'],
  ['\u001B[121;1:3u', 'reply'],
  ['\u001B[1;1:1A', '<up>'],
  ['\u001B[1;129A', '<up>'],
  ['\u001B[57414u', '<enter>'],
  ['\u001B[57358u', 'unknown'],
  // xterm's modifyOtherKeys
  ['\u001B[27;3;13~', '<alt-enter>'],
  ['\u001B[27;5;121~', '<ctrl-y>'],
  ['\u001B[27;2;89~', 'Y'],
  // answers of the terminal, and what it says by itself
  ['\u001B[I', 'reply'],
  ['\u001B[O', 'reply'],
  ['\u001B[?1;2c', 'reply'],
  ['\u001B[>41;354;0c', 'reply'],
  ['\u001B[24;80R', 'reply'],
  ['\u001B[8;24;80t', 'reply'],
  ['\u001B[?2026;2$y', 'reply'],
  ['\u001B[0n', 'reply'],
  ['\u001B[?0u', 'reply'],
  ['\u001B[<0;10;10M', 'reply'],
  ['\u001B[M !!', 'reply'],
  ['\u001B]10;rgb:ffff/ffff/ffff\u001B\\', 'reply'],
  ['\u001B]11;rgb:0000/0000/0000\u0007', 'reply'],
  ['\u001BP>|XTerm(378)\u001B\\', 'reply'],
  ['\u001BP1+r544e=787465726d\u001B\\', 'reply'],
  ['\u001B_Gi=31;OK\u001B\\', 'reply'],
  ['\u001B^pm\u001B\\', 'reply'],
  ['\u001BXsos\u001B\\', 'reply'],
  // pastes
  ['\u001B[200~AWSServiceRole\u001B[201~', 'paste "AWSServiceRole"'],
  ['\u001B[200~y\r\u001B[201~', 'paste "y\\r"'],
  ['\u001B[200~\u001B[A\u001B\u001B[20~日\n\u001B[201~', 'paste "\\u001b[A\\u001b\\u001b[20~日\\n"'],
  ['\u001B[200~\u001B[201~', 'paste ""'],
  ['\u001B[201~', 'unknown'],
  ['\u001B[99~', 'unknown'],
  ['\u001B[1;2y', 'reply'],
];
