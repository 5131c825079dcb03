import {execFileSync} from 'node:child_process';
import {existsSync, mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import MarkdownIt from 'markdown-it';
import {describe, expect, test} from 'vitest';
import xterm from '@xterm/headless';
import {castOf} from '../../source/ui/replay/asciicast.ts';
import {reportOf} from '../../source/report/build/fold.ts';
import {markdownOf} from '../../source/report/markdown/markdown.ts';
import {Timeline} from '../../source/replay/timeline.ts';
import {safeJson} from '../../source/text/json.ts';
import {show} from '../../source/text/show.ts';
import {width} from '../../source/text/width.ts';
import {createFramer, playerAt} from '../../source/ui/replay/replay-frame.tsx';
import {createPlainReplay} from '../../source/ui/replay/replay-plain.ts';
import {hostileStrings} from '../fixtures/hostile-strings.ts';
import {hostileRun} from '../support/hostile-run.ts';

const unique = [...new Set(hostileStrings)];
/** What a terminal could act upon, or what changes the order of what is shown, but for line feeds. */
const acting = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const escape = '\u001B';
/** What a cast may write besides text: rows, erasing, the cursor's sight, colors. */
const ours = new RegExp(`${escape}\\[(\\d+;1H|2K|2J|\\?25[lh]|[\\d;]*m)`, 'g');
const colors = new RegExp(`${escape}\\[[\\d;]*m`, 'g');

test('the corpus has more than two hundred different texts', () => {
  expect(unique.length).toBeGreaterThanOrEqual(200);
});

describe('plain lines', () => {
  test('hold nothing that acts, whatever the world says', async () => {
    for (const text of unique) {
      const written: string[] = [];
      const replay = createPlainReplay((part) => void written.push(part));
      const {events, file, head} = hostileRun([text, 'eu-west-1']);
      replay.add(events);
      await replay.close({journal: file, head});
      expect(written.join(''), JSON.stringify(text)).not.toMatch(acting);
    }
  });
});

describe('the screen', () => {
  test('keeps its size and writes nothing but its own colors', async () => {
    const emulator = new xterm.Terminal({cols: 80, rows: 24, allowProposedApi: true, scrollback: 100});
    const acted: string[] = [];
    emulator.onTitleChange((title) => acted.push(`title ${title}`));
    emulator.onBell(() => acted.push('bell'));
    for (const code of [0, 2, 4, 8, 9, 52, 133, 777, 1337]) {
      emulator.parser.registerOscHandler(code, (data) => acted.push(`OSC ${code} ${data}`) > 0);
    }
    for (const [index, text] of unique.entries()) {
      const {events, file, head} = hostileRun([text, 'eu-west-1']);
      const timeline = new Timeline(events);
      const frame = createFramer({timeline, journal: file, head: () => head}, {columns: 80, rows: 24});
      // While it is tried again, when the Region has failed, at the question, and at the end: one of them for each text.
      for (const count of [[4, 16, events.length - 9, events.length][index % 4] ?? 4]) {
        const rows = frame({...playerAt(timeline, 0), count, played: timeline.playedAt(count)});
        const plain = rows.map((row) => row.replace(colors, ''));
        expect(plain.join('\n'), JSON.stringify(text)).not.toMatch(acting);
        expect(rows.length, JSON.stringify(text)).toBeLessThanOrEqual(24);
        for (const row of plain) expect(width(row), JSON.stringify(text)).toBeLessThanOrEqual(80);
        await new Promise<void>((done) => emulator.write(`\u001B[2J\u001B[H${rows.join('\r\n')}`, done));
        expect(emulator.buffer.active.baseY, JSON.stringify(text)).toBe(0);
        expect(line(emulator, 0), JSON.stringify(text)).toContain('REPLAY');
      }
    }
    expect(acted).toEqual([]);
  });
});

function line(emulator: xterm.Terminal, row: number): string {
  return emulator.buffer.active.getLine(row)?.translateToString(true) ?? '';
}

describe('Markdown', () => {
  const parser = new MarkdownIt({html: true, linkify: true});
  const containers =
    /^(heading|paragraph|bullet_list|list_item|table|thead|tbody|tr|th|td|inline)(_open|_close)?$/;
  const inner = /^(text|code_inline|strong_open|strong_close|softbreak)$/;

  const parsed = new Map<string, ReturnType<typeof parser.parse>>();
  /** The report of a run in which a text comes from outside, parsed once for all tests. */
  const tokensOf = (text: string): ReturnType<typeof parser.parse> => {
    const tokens =
      parsed.get(text) ?? parser.parse(markdownOf(reportOf(hostileRun([text, 'eu-west-1']))), {});
    parsed.set(text, tokens);
    return tokens;
  };

  test('holds no link, image, HTML or structure but our own', () => {
    for (const text of unique) {
      const tokens = tokensOf(text);
      const named = JSON.stringify(text);
      expect(
        tokens.map(({type}) => type).filter((type) => !containers.test(type)),
        named,
      ).toEqual([]);
      const inline = tokens.flatMap(({children}) => children ?? []);
      expect(
        inline.map(({type}) => type).filter((type) => !inner.test(type)),
        named,
      ).toEqual([]);
      // Outside of code there are our own words only: nothing that a host turns into a mention, an issue or a link.
      const words = inline.filter(({type}) => type === 'text').map(({content}) => content);
      expect(words.join('\n'), named).not.toMatch(/@|#\d|GH-|:\/\/|www\.|<|evil/);
      expect(tokens.filter(({type}) => type === 'heading_open').length, named).toBe(9);
    }
  });

  test('keeps a table’s columns', () => {
    for (const text of unique) {
      const tokens = tokensOf(text);
      const cells = tokens.filter(({type}) => /^t[hd]_open$/.test(type)).length;
      const rows = tokens.filter(({type}) => type === 'tr_open').length;
      expect([rows, cells], JSON.stringify(text)).toEqual([3, 12]);
    }
  });

  test('shows the texts as they are', () => {
    for (const text of unique) {
      const shown = show(text).trim();
      if (shown === '') continue;
      const tokens = tokensOf(text);
      const codes = tokens.flatMap(({children}) => children ?? []).filter(({type}) => type === 'code_inline');
      expect(codes.map(({content}) => content)).toContain(shown);
    }
  });
});

describe('JSON', () => {
  test('holds every text, and no character that acts', () => {
    for (const text of unique) {
      const report = reportOf(hostileRun([text, 'eu-west-1']));
      const json = safeJson(report, 2);
      expect(json, JSON.stringify(text)).not.toMatch(acting);
      expect(json).not.toContain('<');
      expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(report)));
      expect(report.regions[0]?.region).toBe(text);
    }
  });
});

describe('asciicast', () => {
  test('writes nothing but rows and their colors, and ends as the replay does', async () => {
    const journal = hostileRun(unique);
    const [header, ...events] = castOf(journal)
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text) as unknown);
    expect(header).toMatchObject({version: 2, width: 80, height: 24});
    const emulator = new xterm.Terminal({cols: 80, rows: 24, allowProposedApi: true, scrollback: 100});
    for (const [, , data] of events as [number, string, string][]) {
      expect(data.replace(ours, '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      await new Promise<void>((done) => emulator.write(data, done));
    }
    expect(emulator.buffer.active.baseY).toBe(0);
    expect(line(emulator, 0)).toContain('REPLAY');
  });
});

const programs = ['/usr/bin/asciinema', '/usr/bin/script'];

test.skipIf(!programs.every((program) => existsSync(program)))('asciinema plays the cast', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'handrail-cast-')), 'run.cast');
  writeFileSync(file, castOf(hostileRun(['eu-west-1'])));
  // It wants a terminal of its own, which `script` gives it.
  const played = execFileSync('script', ['-qec', `asciinema cat ${file}`, '/dev/null'], {
    encoding: 'utf8',
    env: {...process.env, LANG: 'C.UTF-8', TERM: 'xterm-256color'},
  });
  expect(played).toContain('REPLAY');
  expect(played).toContain('\u001B[24;1H\u001B[?25h');
});
