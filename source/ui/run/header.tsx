import type {ReactNode} from 'react';
import type {RunState} from '../../engine/model/state.ts';
import {clockSpan} from '../../text/time.ts';
import {blank, lineWidth, span, spread, type Line} from '../../text/line.ts';
import {Lines} from '../components/lines.tsx';
import {modeBadges} from '../../wording/run-mode.ts';
import {accountText, count, shortCaller} from '../../wording/fault-text.ts';

interface Props {
  readonly state: RunState;
  /** ms since the epoch. */
  readonly now: number;
  /** The shown events are in the past. */
  readonly replay?: boolean;
  readonly columns: number;
  readonly rows: number;
}

/** Shows the run, its account, its caller and its duration. */
export function Header(props: Props): ReactNode {
  return <Lines lines={headerLines(props)} columns={props.columns} rows={props.rows} />;
}

function headerLines({state, now, replay = false, columns, rows}: Props): readonly Line[] {
  const {started} = state;
  if (started === undefined) return [[span(' Handrail', 'title')]];
  const elapsed = clockSpan((state.ended?.at ?? now) - started.at);
  const right: Line = [...modeBadges(state, replay), span(`  ${elapsed} `)];
  const {identity, endpoint, disabled = []} = started;
  const account = accountText(identity);
  const who = shortCaller(identity);
  const where = [
    identity.partition,
    count(state.lanes.size, 'Region') + (disabled.length === 0 ? '' : ` + ${disabled.length} disabled`),
    ...(endpoint === undefined ? [] : [host(endpoint)]),
  ];
  const title: Line = [span(` ${started.runbook.title}`, 'title')];
  if (rows === 1) return [spread(title, right, columns)];
  if (rows >= 3) {
    return [spread(title, right, columns), parts([account, who], columns), parts(where, columns)];
  }
  return [spread(title, right, columns), parts([account, who, ...where], columns)];
}

/** As many of the texts as fit, the first ones first. */
function parts(texts: readonly string[], columns: number): Line {
  let line: Line = blank;
  for (const text of texts) {
    const longer = [...line, span(line.length === 0 ? ' ' : '  ·  ', 'quiet'), span(text)];
    if (line.length > 0 && lineWidth(longer) > columns) return line;
    line = longer;
  }
  return line;
}

function host(endpoint: string): string {
  return endpoint.replace(/^https?:\/\//, '').replace(/\/$/, '');
}
