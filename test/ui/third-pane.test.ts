import {afterEach, expect, test} from 'vitest';
import {createScreen} from '../../source/ui/run/run-view.tsx';
import type {View} from '../../source/ui/view.ts';
import {asked, changing, Play, start, typedQuestion} from './run-fixture.ts';
import {stuckTwice} from './stopped-fixture.ts';
import {hastyClock, keys, Terminal} from './terminal.ts';

process.env['TZ'] = 'UTC';

let terminal: Terminal;
let view: View;

function open(columns: number, rows: number): void {
  terminal = new Terminal(columns, rows);
  view = createScreen({
    stdout: terminal.stdout,
    stdin: terminal.stdin,
    clock: hastyClock,
    onInterrupt: () => {},
    now: () => start + 9000,
    env: {LANG: 'C.UTF-8', HANDRAIL_BELL: 'off'},
  });
  view.steering?.(() => {});
}

async function show(play: Play, part: string): Promise<void> {
  view.publish(play.state, play.events);
  await terminal.shows(part);
}

/** The text of one of the panes that stand side by side. */
function pane(index: number): string {
  return terminal.rows.map((row) => row.split('│')[index] ?? '').join('\n');
}

afterEach(async () => {
  await view.close({state: new Play().begin().state});
});

test('the log stands beside the Regions from 150 columns on, and below them before', async () => {
  open(150, 40);
  await show(changing(), 'LATEST');
  expect(pane(2)).toContain('✓ sa-east-1  base-0/1.4.2/7:\n');
  expect(pane(1)).toContain('SCHEDULES');
  expect(pane(1)).not.toContain('base-0/1.4.2/7');
  terminal.resize(149, 40);
  await terminal.until((text) => !text.includes('LATEST'));
  expect(pane(1)).toContain('✓ base-0/1.4.2/7: cancelled');
});

test('the details of the chosen Region stand beside the Regions, above the log, and no Region gives way to them', async () => {
  open(200, 60);
  await show(changing(), 'LATEST');
  const regions = (): number => pane(1).match(/[a-z]-[a-z]+-\d /g)?.length ?? 0;
  const before = regions();
  terminal.press(keys.down);
  await terminal.shows('Stopped by');
  expect(pane(2)).toMatch(/me-central-1 · [^]*Stopped by[^]*LATEST/);
  expect(regions()).toBe(before);
  terminal.press(keys.enter);
  await terminal.shows('Esc');
  expect(pane(2)).toMatch(/Stopped by[^]*LATEST/);
});

test('the details stand below the Regions where the third pane would cut them', async () => {
  open(150, 40);
  await show(changing(), 'LATEST');
  terminal.press(keys.down);
  await terminal.shows('Stopped by');
  expect(pane(1)).toMatch(/NEEDS YOU[^]*Stopped by/);
  expect(pane(2)).not.toContain('Stopped by');
});

test('the log stays beside the Regions above a decision, which has the columns of both', async () => {
  open(150, 40);
  const play = asked();
  view.publish(play.state, play.events);
  void view.ask(typedQuestion, new AbortController().signal);
  await terminal.shows(' > ▏');
  expect(pane(2)).toContain('LATEST');
  expect(terminal.rows.find((row) => row.includes('DECISION'))).toMatch(/│ ━ DECISION: .*━{50}$/);
});

test('a need for the operator is told whole below both', async () => {
  open(150, 24);
  await show(stuckTwice(), 'cannot go on without you');
  expect(pane(1)).toContain('r tries the chosen one again, R all');
  expect(pane(2)).toContain('LATEST');
});
