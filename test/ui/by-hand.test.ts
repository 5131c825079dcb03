import {execFileSync} from 'node:child_process';
import {afterEach, describe, expect, test} from 'vitest';
import {cliCommand} from '../../source/wording/by-hand.ts';
import {toClipboard} from '../../source/ui/terminal/clipboard.ts';
import {createScreen} from '../../source/ui/run/run-view.tsx';
import type {View} from '../../source/ui/view.ts';
import {asked, denied, pipelineArn, Play, start} from './run-fixture.ts';
import {hastyClock, keys, Terminal} from './terminal.ts';

process.env['TZ'] = 'UTC';

/** The words that a shell makes of a command. */
function words(command: string): readonly string[] {
  const script = `printf '%s\\0' ${command}`;
  return execFileSync('sh', ['-c', script], {encoding: 'utf8'}).split('\0').slice(0, -1);
}

describe('the command by which a person makes a change', () => {
  test('has plain members as options, and leaves the token to the CLI', () => {
    const request = {
      imageBuildVersionArn: 'arn:aws:imagebuilder:eu-west-1:1:image/a/1.0.0/1',
      clientToken: 'x',
    };
    expect(cliCommand('imagebuilder:CancelImageCreation', request, 'eu-west-1')).toBe(
      'aws imagebuilder cancel-image-creation --region eu-west-1 ' +
        '--image-build-version-arn arn:aws:imagebuilder:eu-west-1:1:image/a/1.0.0/1',
    );
    expect(cliCommand('iam:DeleteServiceLinkedRole', {RoleName: 'R'}, undefined)).toBe(
      'aws iam delete-service-linked-role --role-name R',
    );
  });

  test('has everything as JSON where a member is no plain one, or its option has no sure name', () => {
    for (const [request, json] of [
      [
        {name: 'a', tags: {x: 'y'}, clientToken: 'x'},
        {name: 'a', tags: {x: 'y'}},
      ],
      [{dryRun: true}, {dryRun: true}],
      [{KMSKeyId: 'k'}, {KMSKeyId: 'k'}],
    ] as const) {
      const command = cliCommand('imagebuilder:UpdateImagePipeline', request, 'eu-west-1');
      const [last = ''] = words(command).slice(-1);
      expect(command).toContain(' --cli-input-json ');
      expect(JSON.parse(last)).toEqual(json);
    }
    expect(cliCommand('eventbridge:DisableRule', {Name: 'r'}, 'eu-west-1')).toMatch(
      /^aws events disable-rule /,
    );
  });

  test.each([`it's; rm -rf /`, '$(id) `id` "x"', '--name', 'a\nb', '', '\\', '!x'])(
    'gives a shell %j as one word',
    (text) => {
      const given = words(cliCommand('box:OpenBox', {label: text}, 'eu-west-1'));
      expect(given).toEqual(['aws', 'box', 'open-box', '--region', 'eu-west-1', '--label', text]);
    },
  );

  test('goes to the clipboard as base64, and to no terminal that might show it', () => {
    expect(toClipboard('aws ü\u0007', {TERM: 'xterm-256color'})).toBe(
      `\u001B]52;c;${Buffer.from('aws ü\u0007').toString('base64')}\u0007`,
    );
    expect(toClipboard('aws', {TERM: 'vt100'})).toBeUndefined();
    expect(toClipboard('aws', {TERM: 'linux'})).toBeUndefined();
  });
});

function place(region: string): {step: string; region: string} {
  return {step: 'schedules', region};
}

/** One Region had a schedule removed, another refused it. */
function refused(): Play {
  const play = asked().at(5, {type: 'answered', step: 'agree', accepted: true, by: 'ops/kim'});
  play.step(5, 'agree');
  for (const region of ['eu-north-1', 'eu-west-1']) {
    const key = pipelineArn(region, 'web-nightly-0');
    play.at(6, {type: 'step-skipped', step: 'cancel', region, why: 'nothing to do'});
    play.at(6, {type: 'step-started', ...place(region), items: [{key, value: null}]});
  }
  const [good, bad] = [pipelineArn('eu-north-1', 'web-nightly-0'), pipelineArn('eu-west-1', 'web-nightly-0')];
  play.calls(7, place('eu-north-1'), good, 'imagebuilder:UpdateImagePipeline', {ok: true}, 'change');
  play.at(7, {type: 'item-done', ...place('eu-north-1'), item: good, output: null});
  play.at(8, {
    type: 'call-started',
    call: 900,
    item: bad,
    phase: 'call',
    operation: 'imagebuilder:UpdateImagePipeline',
    effect: 'change',
    attempt: 1,
    page: 1,
    input: {imagePipelineArn: bad},
    ...place('eu-west-1'),
  });
  play.at(8, {type: 'call-failed', call: 900, ms: 40, fault: denied});
  play.at(8, {type: 'item-failed', ...place('eu-west-1'), item: bad, fault: denied});
  return play.at(8, {type: 'step-failed', ...place('eu-west-1'), fault: denied});
}

describe('a Region’s details', () => {
  let terminal: Terminal;
  let view: View;

  afterEach(async () => {
    await view.close({state: new Play().begin().state});
  });

  async function open(columns: number, rows: number): Promise<void> {
    terminal = new Terminal(columns, rows);
    view = createScreen({
      stdout: terminal.stdout,
      stdin: terminal.stdin,
      clock: hastyClock,
      onInterrupt: () => {},
      now: () => start + 40_000,
      env: {LANG: 'C.UTF-8', TERM: 'xterm-256color', HANDRAIL_BELL: 'off'},
    });
    view.steering?.(() => {});
    const {state, events} = refused();
    view.publish(state, events);
    await terminal.shows('BUILDS');
  }

  async function choose(region: string): Promise<void> {
    terminal.press(`/${region}`);
    await terminal.shows('▏  1 of 34');
    terminal.press(keys.enter);
    await terminal.shows(` ${region} · `);
  }

  test('say what a change made different, and when', async () => {
    await open(120, 40);
    await choose('eu-north-1');
    await terminal.shows('✓ web-nightly-0  schedule cron(0 3 * * ? *) removed  12:00:07');
  });

  test('give the command of a refused change, which c copies', async () => {
    await open(80, 24);
    await choose('eu-west-1');
    await terminal.shows('aws imagebuilder update-image-pipeline --region eu-west-1');
    terminal.press('c');
    await terminal.shows('Sent to the terminal’s clipboard.');
    // oxlint-disable-next-line no-control-regex
    const [, sent = ''] = /\u001B\]52;c;([^\u0007]*)\u0007/.exec(terminal.display.written) ?? [];
    expect(Buffer.from(sent, 'base64').toString()).toBe(
      `aws imagebuilder update-image-pipeline --region eu-west-1 --image-pipeline-arn ${pipelineArn('eu-west-1', 'web-nightly-0')}`,
    );
  });

  test('follow the chosen Region on a wide screen', async () => {
    await open(120, 40);
    terminal.press(keys.down);
    await terminal.until((text) => / (\S+) · /.test(text.slice(text.indexOf('▸'))));
    const first = /▸ (\S+)/.exec(terminal.text)?.[1] ?? '';
    await terminal.shows(` ${first} · `);
    terminal.press(keys.down);
    await terminal.until((text) => !text.includes(`▸ ${first}`));
    const second = /▸ (\S+)/.exec(terminal.text)?.[1] ?? '';
    await terminal.shows(` ${second} · `);
    expect(terminal.text).not.toContain(` ${first} · `);
  });
});
