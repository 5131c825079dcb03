import {createHash} from 'node:crypto';
import {escaped} from './html-text.ts';
import {pageStyle} from './page-style.ts';

/** A page's own script, and the data that it works on. */
interface Scripted {
  readonly script: string;
  /** HTML. */
  readonly data: string;
}

/** Makes a page that needs nothing else. Its policy lets it ask for nothing, and run nothing but its own script. */
export function pageOf(title: string, body: readonly string[], scripted?: Scripted): string {
  const policy = [
    "default-src 'none'",
    ...(scripted === undefined ? [] : [`script-src '${hashOf(scripted.script)}'`]),
    `style-src '${hashOf(pageStyle)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return [
    '<!doctype html>',
    '<html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="referrer" content="no-referrer">',
    `<title>Handrail: ${escaped(title)}</title>`,
    `<style>${pageStyle}</style></head><body><main>`,
    ...body,
    '</main>',
    ...(scripted === undefined ? [] : [scripted.data, `<script>${scripted.script}</script>`]),
    '</body></html>',
    '',
  ].join('\n');
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
