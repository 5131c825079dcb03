import {renderToString} from 'ink';
import {describe, expect, test} from 'vitest';
import {CallLog} from '../../source/ui/regions/call-log.ts';
import {promptLines, questionLines} from '../../source/ui/question/question-lines.ts';
import {Confirmation} from '../../source/ui/question/confirmation.tsx';
import {Header} from '../../source/ui/run/header.tsx';
import {helpLines, withoutLiveKeys} from '../../source/ui/keyboard/help.ts';
import {allTables} from './keys-document.ts';
import {KeyHints} from '../../source/ui/keyboard/key-hints.tsx';
import {Latest} from '../../source/ui/run/panes/recent-events.tsx';
import {lineText, span} from '../../source/text/line.ts';
import {createNarrator} from '../../source/wording/narrate/narrate.ts';
import {RailAcross, RailUpright} from '../../source/ui/run/step-rail.tsx';
import {regionDetail} from '../../source/ui/regions/region-detail.ts';
import {RegionGrid} from '../../source/ui/regions/region-grid.tsx';
import {wholeList} from '../../source/ui/regions/region-list.ts';
import {noReply} from '../../source/ui/question/reply.ts';
import {Scrolled} from '../../source/ui/components/scrolled.tsx';
import {waitingLines} from '../../source/ui/run/waiting-line.ts';
import {
  asked,
  buildArn,
  changing,
  detoured,
  looked,
  Play,
  regions,
  start,
  typedQuestion,
} from './run-fixture.ts';
import {askedAgain} from './whole-fixture.ts';

function frame(tree: React.JSX.Element): readonly string[] {
  return renderToString(tree, {columns: 100})
    .split('\n')
    .map((line) => line.trimEnd());
}

const now = start + 134_000;

const header = (play: Play, columns = 80, rows = 2): readonly string[] =>
  frame(<Header state={play.state} now={now} columns={columns} rows={rows} />);

const grid = (play: Play, rows = 10, selected?: string, at = start + 9_000): readonly string[] =>
  frame(
    <RegionGrid
      state={play.state}
      now={at}
      columns={80}
      rows={rows}
      place={{view: wholeList, selected, top: 0, filtering: false}}
    />,
  );

const railAcross = (columns: number, play: Play = changing()): string | undefined =>
  frame(<RailAcross state={play.state} columns={columns} rows={1} />)[0];

const wideGrid = (seconds: number): string =>
  frame(
    <RegionGrid
      state={looked().state}
      now={start + seconds * 1000}
      columns={100}
      rows={10}
      place={{view: wholeList, top: 0, filtering: false}}
    />,
  ).join('\n');

const waiting = (play: Play, at: number, columns = 80): readonly string[] =>
  waitingLines(play.state, at, undefined, columns).map(lineText);

const detail = (play: Play, region: string, columns = 80): string => {
  const lane = play.state.lanes.get(region);
  if (lane === undefined) throw new Error(region);
  const log = new CallLog();
  for (const event of play.events) log.add(event);
  return regionDetail({
    state: play.state,
    lane,
    now: start + 9_000,
    columns,
    calls: log.recent,
    steerable: true,
  })
    .map(lineText)
    .join('\n');
};

describe('the header', () => {
  test('names the runbook, the account, the caller, the endpoint and the time', () => {
    const [first, second] = header(new Play().begin());
    expect(first).toMatch(/^ Delete the Image Builder service-linked role +SIMULATION +2:14$/);
    expect(second).toBe(' 123456789012 prod-images  ·  ops/kim  ·  aws  ·  34 Regions  ·  127.0.0.1:41879');
  });

  test('tells a live run, a plan and a simulation apart', () => {
    expect(header(new Play().begin({simulation: false}))[0]).toContain(' LIVE ');
    expect(header(new Play().begin({simulation: false}))[0]).not.toContain('SIMULATION');
    expect(header(new Play().begin({mode: 'plan'}))[0]).toMatch(/SIMULATION +PLAN/);
  });

  test('keeps the badge when the title has to give way', () => {
    expect(header(new Play().begin(), 40, 3)[0]).toBe(' Delete the Image …   SIMULATION   2:14');
  });
});

describe('the rail', () => {
  test('lies across with the phases in words', () => {
    const [line] = frame(<RailAcross state={looked().state} columns={100} rows={1} />);
    expect(line).toBe(' ✓ Check ─ ○ Show the plan ─ ○ Change ─ ○ Approve the deletion ─ ○ Change');
  });

  test('names fewer phases where there is less room, and at last the present one with its number', () => {
    expect(railAcross(80)).toBe(' ! Check 33/34 ─ ✓ ─ ● Change 31/34 ─ ○ Approve the deletion ─ ○ Change');
    expect(railAcross(60)).toBe(' ! Check 33/34 ─ ✓ ─ ● Change 31/34 ─ ○ ─ ○');
    expect(railAcross(30)).toBe(' ● Change 31/34  phase 3 of 5');
  });

  test('a phase that was refused stays so, with its attempt, and what lies before it stays done', () => {
    const [line] = frame(<RailAcross state={detoured().state} columns={110} rows={1} />);
    expect(line).toBe(
      ' ✓ Check ─ ✓ Show the plan ─ ✓ Change ─ ✓ Approve the deletion ─ ! Change: refused, attempt 1 of 6',
    );
  });

  test('a phase that was refused is seen on a narrow screen too', () => {
    expect(railAcross(60, askedAgain())).toBe(' ● Approve the deletion           ! refused, attempt 1 of 6');
    expect(railAcross(40, askedAgain())).toBe(' ● Approve …  ! refused, attempt 1 of 6');
  });

  test('unfolds the present phase, and does not wait for a Region that was stopped earlier', () => {
    const lines = frame(<RailUpright state={changing().state} now={now} columns={50} rows={30} />);
    expect(lines.slice(0, 8)).toEqual([
      expect.stringMatching(/^ ! Check +33\/34 +2:13$/),
      ' ┃',
      expect.stringMatching(/^ ✓ Show the plan +0:00$/),
      ' ┃',
      expect.stringMatching(/^ ● Change +31\/34 +2:08$/),
      expect.stringMatching(/^ ┃ {2}● Cancel running builds +31\/34$/),
      ' ┃  ○ Set schedules to manual',
      ' ┃  ○ Wait until every Region is quiet',
    ]);
  });

  test('keeps to its rows and shows the present phase when there are too many', () => {
    const lines = frame(<RailUpright state={changing().state} now={now} columns={42} rows={3} />);
    expect(lines).toHaveLength(3);
    expect(lines.join('\n')).toContain('● Change');
  });
});

describe('the Region grid', () => {
  test('a disabled Region stands last, or is counted among those that are folded', () => {
    const few = new Play().begin({regions: ['eu-west-1', 'us-east-1'], disabled: ['af-south-1']});
    expect(grid(few).filter(Boolean).at(-1)).toMatch(
      /^ {2}af-south-1 +\S disabled for this account: not checked$/,
    );
    const many = new Play().begin({disabled: ['cn-north-1', 'cn-northwest-1']});
    expect(grid(many).filter(Boolean).at(-1)).toMatch(
      /^ {2}\S 2 Regions disabled for this account: not checked$/,
    );
  });

  test('a disabled Region that AWS named has one row', () => {
    const play = new Play().begin({regions: ['us-east-1'], disabled: ['af-south-1']});
    play.at(1, {type: 'region-found', region: 'af-south-1', resource: 'arn:aws:imagebuilder:x'});
    expect(grid(play).filter((line) => line.includes('af-south-1'))).toHaveLength(1);
  });

  test('groups the Regions by need, and gives those with nothing in use one line', () => {
    expect(grid(changing())).toEqual([
      expect.stringMatching(/^ {2}NEEDS YOU +BUILDS +SCHEDULES +NOW$/),
      expect.stringMatching(/^ {2}me-central-1 +\? denied +\? +\? denied by an SCP: /),
      '  WORKING',
      expect.stringMatching(/^ {2}us-east-1 +● 1 of 2 left +● 4 scheduled +● Cancel running builds 1\/2$/),
      expect.stringMatching(/^ {2}eu-north-1 +· +● 5 scheduled +○ in use, next: /),
      expect.stringMatching(/^ {2}eu-west-1 +! retry 2\/5 +● 3 scheduled +! retry 2\/5 in 5 s: throttled$/),
      '  CHANGED',
      expect.stringMatching(/^ {2}ap-south-1 +✓ 1 cancelled +· +✓ clear$/),
      expect.stringMatching(/^ {2}sa-east-1 +✓ 1 cancelled +· +✓ clear$/),
      '  ✓ 28 Regions have nothing in use, checked within the last 10 s    Space lists',
    ]);
  });

  test('counts what does not fit by what is known of it', () => {
    expect(grid(changing(), 5).at(-1)).toBe('! 31 more Regions: 1 working, 2 changed, 28 clear');
  });

  test('never calls a Region clear that was not checked', () => {
    expect(grid(new Play().begin(), 10).filter(Boolean)).toEqual([
      expect.stringContaining('BUILDS'),
      expect.stringMatching(/^ {2}○ 34 Regions not checked yet/),
    ]);
  });

  test('says how long ago the checks were, where there is room, in steps that change rarely', () => {
    expect(wideGrid(9)).toMatch(/us-east-1 .* < 10 s +○ in use/);
    expect(wideGrid(10)).toBe(wideGrid(11));
    expect(wideGrid(100)).toMatch(/us-east-1 .* < 2:00 /);
  });

  test('shows what a failed deletion named on the Region’s row, with the Region that was reported', () => {
    const lines = grid(detoured());
    expect(lines[0]).toMatch(/^ {2}NAMED BY AWS /);
    expect(lines[1]).toMatch(/eu-north-1 .* ! in use: db-weekly$/);
    expect(lines[2]).toMatch(/eu-west-1 .* ! in use: web\/1\.4\.2\/7/);
  });

  test('one cause takes one line, with its count and what to do', () => {
    const play = looked(regions);
    const lines = grid(play, 10).filter(Boolean);
    expect(lines[1]).toMatch(/^ {2}\? 34 Regions: denied by an SCP: /);
    expect(lines[2]).toContain('Ask the organization’s administrator');
    expect(lines).toHaveLength(3);
  });

  test('a network that is down is one line about this host', () => {
    const fault = {kind: 'transient', name: 'ECONNREFUSED', message: 'connect ECONNREFUSED'} as const;
    const play = new Play().begin();
    for (const region of regions)
      play.at(1, {
        type: 'step-failed',
        step: 'builds',
        region,
        fault: {...fault, message: `${region} is away`},
      });
    expect(grid(play)[1]).toMatch(/^ {2}\? This host reaches none of the 34 Regions: connection failed/);
  });

  test('what AWS named outranks a waiver', () => {
    const play = detoured().at(40, {type: 'waived', region: 'eu-west-1', by: 'ops/kim'});
    const lines = grid(play);
    expect(lines[0]).toMatch(/^ {2}NEEDS YOU/);
    expect(lines[1]).toMatch(/eu-west-1 .* ! in use: web/);
  });

  test('keeps the selected Region in sight', () => {
    expect(grid(changing(), 6, 'sa-east-1').join('\n')).toContain('▸ sa-east-1');
  });

  test('shows every Region when there is room', () => {
    const lines = grid(changing(), 42).join('\n');
    for (const region of regions) expect(lines).toContain(region);
  });
});

describe('the waiting line', () => {
  test('says when and why it tries again', () => {
    expect(waiting(detoured(), start + 49_000)).toEqual([
      expect.stringMatching(/^ ! Trying again in 2:41, at \d\d:\d\d:30: attempt 2 of 6$/),
      '   the role is still in use by 2 resources. It is refused again as long as',
      '   these are in use: db-weekly (eu-north-1), web/1.4.2/7 (eu-west-1).',
    ]);
  });

  test('names the waiver of a Region that AWS named', () => {
    const play = detoured().at(31, {type: 'waived', region: 'eu-north-1', by: 'ops/kim'});
    expect(waiting(play, start + 49_000).join(' ')).toContain('db-weekly (eu-north-1, which ops/kim waived)');
  });

  test('cuts nothing of a reason on 40 columns', () => {
    const text = waiting(detoured(), start + 49_000, 40)
      .map((line) => line.trim())
      .join(' ');
    expect(text).toContain('as long as these are in use: db-weekly (eu-north-1), web/1.4.2/7 (eu-west-1).');
  });

  test('says once that this host reaches nothing, however many Regions try', () => {
    const play = new Play().begin();
    const fault = {
      kind: 'transient',
      name: 'ECONNREFUSED',
      message: 'connect ECONNREFUSED 10.0.0.1:443',
    } as const;
    for (const region of ['eu-west-1', 'us-east-1']) {
      play.at(1, {type: 'step-started', step: 'builds', region, items: [{key: '', value: null}]});
      const retryAt = start + 8000;
      play.calls(1, {step: 'builds', region}, '', 'imagebuilder:ListImages', {ok: false, fault, retryAt});
    }
    expect(waiting(play, start + 2000, 120)[1]).toBe(
      '   this host reaches none of 2 places: connect ECONNREFUSED 10.0.0.1:443; tried again in 6 s',
    );
  });

  test('says when it looks again and when it gives up', () => {
    const place = {step: 'quiet', region: 'us-east-1'};
    const play = looked();
    play.at(40, {
      type: 'step-started',
      items: [{key: '', value: null}],
      deadline: start + 1_840_000,
      ...place,
    });
    play.calls(40, place, '', 'imagebuilder:ListImages', {ok: true, nextPollAt: start + 52_000});
    expect(waiting(play, start + 42_000)).toEqual([
      ' ● Wait until every Region is quiet: 0 of 34 Regions done',
      '   next check in 0:10, gives up in 30:00',
    ]);
  });

  test('names a call that takes long', () => {
    const play = new Play().begin();
    play.at(1, {type: 'step-started', step: 'builds', region: 'eu-west-1', items: [{key: '', value: null}]});
    play.calls(1, {step: 'builds', region: 'eu-west-1'}, '', 'imagebuilder:ListImages');
    expect(waiting(play, start + 4000)[1]).toBe(
      '   1 call under way, imagebuilder:ListImages in eu-west-1 for 3 s',
    );
    expect(waiting(play, start + 23_000)[1]).toBe(
      '   eu-west-1 has not answered for 22 s (gives up at 30 s)',
    );
    play.at(2, {type: 'step-started', step: 'builds', region: 'eu-north-1', items: [{key: '', value: null}]});
    play.calls(2, {step: 'builds', region: 'eu-north-1'}, '', 'imagebuilder:ListImages');
    expect(waiting(play, start + 23_000)[1]).toBe(
      '   eu-west-1 has not answered for 22 s (gives up at 30 s), eu-north-1 too',
    );
  });
});

describe('the latest events', () => {
  test('stand with the newest at the top, in an operator’s words', () => {
    const play = changing();
    const narrate = createNarrator();
    const told = play.events.flatMap((event) => narrate(event, play.state.steps));
    const lines = frame(<Latest told={told} columns={80} rows={2} />);
    expect(lines).toEqual([
      expect.stringMatching(/^ \d\d:\d\d:06 {2}sa-east-1 +✓ base-0\/1\.4\.2\/7: cancelled$/),
      expect.stringMatching(
        /^ \d\d:\d\d:06 {2}eu-west-1 +! base-0\/1\.4\.2\/7: throttled, try 2 of 5 in 8 s$/,
      ),
    ]);
  });
});

test('an event on a narrow screen spends no columns on a Region that it has not', () => {
  const play = asked();
  const narrate = createNarrator();
  const told = play.events.flatMap((event) => narrate(event, play.state.steps));
  const [first] = frame(<Latest told={told} columns={40} rows={1} />);
  expect(first).toBe(' ● asked for a decision on 18 changes');
});

describe('a confirmation', () => {
  test('counts the changes and names each with its operation', () => {
    const {state} = asked();
    const question = state.question ?? typedQuestion;
    const text = questionLines(state, question, 100).map(lineText).join('\n');
    expect(text).toContain('18 changes in 5 Regions');
    expect(text).toContain('12 × imagebuilder:UpdateImagePipeline');
    expect(text.match(/schedule cron/g)).toHaveLength(12);
    expect(text).toContain('29 clear, 5 in use');
  });

  test('says in a line that the question goes on, where it has one row', () => {
    const {state} = asked();
    const text = questionLines(state, typedQuestion, 40);
    const parts = {caption: {text: 'DECISION', heavy: true}, captionRows: 1, textRows: 1, offset: 0};
    const [, first] = frame(<Confirmation {...parts} text={text} prompt={[]} promptRows={0} columns={40} />);
    expect(first).toBe(` ${lineText(text[0] ?? []).trim()}…`);
  });

  test('names the text that has to be typed', () => {
    const reply = {...noReply, typed: 'AWSService'};
    const lines = promptLines(typedQuestion, {kind: 'reply', reply}, 80).map(lineText);
    expect(lines).toContain(' Type AWSServiceRoleForImageBuilder to go ahead, then Enter:');
    expect(lines).toContain(' > AWSService▏');
  });

  test.each([
    [100, [' Cancel running builds: 6 in 4 Regions · Set schedules to manual: 12 in 3 Regions']],
    [60, [' Cancel running builds: 6 in 4 Regions', ' Set schedules to manual: 12 in 3 Regions']],
    [40, [' Cancel running builds: 6 in 4 Regions', ' Set schedules to man…: 12 in 3 Regions']],
    [24, [' Cancel running bui…: 6', ' Set schedules to …: 12']],
  ])('keeps a line for each kind of change in sight, with its number, at %i columns', (columns, kinds) => {
    const {question = typedQuestion} = asked().state;
    const lines = promptLines(question, {kind: 'reply', reply: noReply}, columns).map(lineText);
    expect(lines.slice(0, kinds.length)).toEqual(kinds);
  });
});

describe('an opened Region', () => {
  test('says in full why it could not be looked at, and what to do', () => {
    const text = detail(changing(), 'me-central-1');
    expect(text).toContain('me-central-1 · unknown');
    expect(text).toContain('AccessDeniedException, HTTP 403');
    expect(text).toContain('5f0c2d1e-8a51-4c60-9d7e-aa10b7c5e001');
    expect(text).toContain('Ask the organization’s administrator');
    expect(text).toContain('1 call, 1 failed');
  });

  test('lists each item by its ARN, the last error, and the changes made', () => {
    const text = detail(changing(), 'us-east-1', 120);
    expect(text).toContain(`✓ ${buildArn('us-east-1', 'base-0')}  cancelled`);
    expect(text).toContain(`○ ${buildArn('us-east-1', 'base-1')}  to do`);
    expect(text).toContain('Changed in this run');
    expect(detail(changing(), 'eu-west-1')).toContain('CallRateLimitExceededException, HTTP 429');
  });

  test('shows what was named as in use, and where that was reported', () => {
    expect(detail(detoured(), 'eu-west-1', 120)).toContain(
      `! ${buildArn('eu-west-1', 'web')}  reported in us-east-1`,
    );
  });
});

describe('help and hints', () => {
  test('the help names every key of its tables', () => {
    const text = helpLines(allTables, 200).map(lineText).join('\n');
    for (const {help} of allTables.flatMap(({bindings}) => bindings)) expect(text).toContain(help);
  });

  test('the help of a replay leaves out what acts on the run', () => {
    const text = helpLines(withoutLiveKeys(allTables), 200).map(lineText).join('\n');
    expect(text).toContain('the Region below');
    expect(text).not.toMatch(/try again|pause: nothing new|stop after the calls under way; the run/);
  });

  test('the hints keep how to leave when there is little room', () => {
    const words = ['one', 'two', 'three', 'four', 'stop, resumable'];
    const hints = words.map((word) => [span('x', 'accent'), span(` ${word}`)]);
    expect(frame(<KeyHints hints={hints} columns={80} rows={1} />)[0]).toBe(
      ' x one   x two   x three   x four   x stop, resumable',
    );
    expect(frame(<KeyHints hints={hints} columns={30} rows={1} />)[0]).toBe(' x four   x stop, resumable');
  });

  test('a long text says where one is in it', () => {
    const lines = Array.from({length: 50}, (_, index) => [span(`line ${index + 1}`)]);
    const shown = frame(<Scrolled lines={lines} columns={80} rows={11} offset={1000} />);
    expect(shown[0]).toBe('line 41');
    expect(shown[10]).toBe('  lines 41–50 of 50, ↑↓ to scroll');
  });
});
