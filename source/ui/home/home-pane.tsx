import type {ReactNode} from 'react';
import {Box} from 'ink';
import {wrap} from '../../text/width.ts';
import {helpLines} from '../keyboard/help.ts';
import {formKeys} from './form-keys.ts';
import {formLines, type Form} from './form.ts';
import {homeKeys, type HomeMoment, type HomeState} from './home-keys.ts';
import {homeLines, matching, type HomeEntry} from './home-list.ts';
import {KeyHints} from '../keyboard/key-hints.tsx';
import {blank, span, type Line} from '../../text/line.ts';
import {signs} from '../../wording/signs.ts';
import {Lines} from '../components/lines.tsx';
import {Rule} from '../components/rule.tsx';
import {lastOffset, Scrolled} from '../components/scrolled.tsx';
import {windowStart} from '../components/window-start.ts';
import {whoseLine, type Whose} from './whose.ts';

interface Props extends HomeState {
  /** Those that fit the query; undefined while all are read. */
  readonly entries: readonly HomeEntry[] | undefined;
  readonly whose: Whose;
  /** The keys to hint at. */
  readonly hints: readonly Line[];
  readonly columns: number;
  readonly rows: number;
}

/** Wider lines are hard to read. */
const widest = 120;

/** Rows that say what the chosen entry does. */
const aboutRows = 4;

/** Rows of the home screen's parts. Pure: the same terminal size always gives the same. */
function homeLayout(rows: number): {
  readonly title: number;
  readonly rule: number;
  readonly list: number;
  readonly about: number;
  readonly keys: number;
} {
  const keys = rows >= 3 ? 1 : 0;
  const rule = rows >= 16 ? 1 : 0;
  const about = rows >= 20 ? aboutRows : 0;
  const title = rows - keys >= 8 ? 3 : rows - keys >= 4 ? 2 : Math.min(1, rows - keys);
  return {title, rule, about, keys, list: Math.max(0, rows - title - 2 * rule - about - keys)};
}

/** Returns all that a key's effect depends on, on a terminal of this size. */
export function homeMoment(
  home: HomeState,
  entries: readonly HomeEntry[],
  columns: number,
  rows: number,
): HomeMoment {
  const {list, about} = homeLayout(rows);
  return {
    home,
    entries: matching(entries, home.query),
    page: list,
    lastOffset: lastOffset(home.help ? homeHelp(columns).length : 0, list + about),
  };
}

/** The help, as it stands in a terminal of that width. */
function homeHelp(columns: number): readonly Line[] {
  return helpLines([homeKeys, formKeys], Math.min(columns, widest));
}

/** Lists the choices: runbooks, unfinished and finished runs, the demo. */
export function HomePane(props: Props): ReactNode {
  const {entries, chosen, query, help, offset, form, whose, hints, columns, rows} = props;
  const layout = homeLayout(rows);
  const room = Math.min(columns, widest);
  const {lines, at} = homeLines(entries ?? [], chosen, room);
  const first = windowStart(lines.length, layout.list, 0, Math.min(at + 1, lines.length - 1));
  const title = titleLines(query, entries, form, whose);
  const account = layout.title < 3 ? [] : [whoseLine(whose, room)];
  const none: Line[] = [[span(noneText(entries, query), 'quiet')]];
  return (
    <Box flexDirection="column" width={columns} height={rows}>
      <Lines
        lines={[...title.slice(0, 1), ...account, ...title.slice(1)]}
        columns={room}
        rows={layout.title}
      />
      <Rule columns={room} rows={layout.rule} />
      {help ? (
        <Scrolled
          lines={homeHelp(columns)}
          columns={room}
          rows={layout.list + layout.about}
          offset={offset}
        />
      ) : form !== undefined ? (
        <FormLines form={form} columns={room} rows={layout.list + layout.about} />
      ) : (
        <>
          <Lines lines={lines.length === 0 ? none : lines.slice(first)} columns={room} rows={layout.list} />
          <Lines lines={aboutLines(entries?.[chosen], room)} columns={room} rows={layout.about} />
        </>
      )}
      <Rule columns={room} rows={layout.rule} />
      <KeyHints hints={hints} columns={room} rows={layout.keys} />
    </Box>
  );
}

function noneText(entries: readonly HomeEntry[] | undefined, query: string): string {
  if (entries === undefined) return ' Reading runbooks and runs…';
  return query === '' ? ' Nothing here yet.' : ' Nothing fits.';
}

function FormLines({form, columns, rows}: {form: Form; columns: number; rows: number}): ReactNode {
  const {lines, at} = formLines(form, columns);
  // What is said of the input stands below it.
  const first = windowStart(lines.length, rows, 0, Math.min(at + 5, lines.length - 1));
  return <Lines lines={lines.slice(Math.min(first, at))} columns={columns} rows={rows} />;
}

function titleLines(
  query: string,
  entries: readonly HomeEntry[] | undefined,
  form: Form | undefined,
  whose: Whose,
): readonly Line[] {
  const empty: Line = [span('▏', 'accent'), span(entries === undefined ? '' : 'type to find', 'quiet')];
  const typed: Line = query === '' ? empty : [span(query), span('▏', 'accent')];
  if (form !== undefined) {
    return [
      [span(` ${form.title}`, 'title')],
      [span(' handrail ', 'quiet'), span(form.argv.join(' '), 'quiet')],
    ];
  }
  return [
    [span(' Handrail  ', 'title'), ...(elsewhere(entries ?? [], whose) ?? tagline)],
    [span(' > ', 'accent'), ...typed],
  ];
}

const tagline: Line = [span('runbooks against AWS, one step at a time', 'quiet')];

/** Says that another terminal works on the account, and how far it is. */
function elsewhere(entries: readonly HomeEntry[], whose: Whose): Line | undefined {
  if (whose.kind !== 'known') return undefined;
  const [first] = entries.flatMap(({working}) => (working?.account === whose.account ? [working] : []));
  if (first === undefined) return undefined;
  const {glyph, tone} = signs.retry;
  return [span(`${glyph} `, tone), span(`another run works on ${first.account}: ${first.at}`)];
}

/** Shows the chosen entry's purpose in full, and its command. */
function aboutLines(entry: HomeEntry | undefined, columns: number): readonly Line[] {
  if (entry === undefined) return [];
  const purpose = wrap(entry.purpose, columns - 2).slice(0, 2);
  const command = wrap(`handrail ${entry.argv.join(' ')}`, columns - 2).slice(0, 2);
  return [
    // All that there is room for stands below it.
    ...(purpose.length + command.length < aboutRows ? [blank] : []),
    ...purpose.map((text): Line => [span(` ${text}`)]),
    ...command.map((text): Line => [span(` ${text}`, 'quiet')]),
  ];
}
