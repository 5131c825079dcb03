import type {ReactNode} from 'react';
import type {Identity} from '../../engine/model/identity.ts';
import type {RunState} from '../../engine/model/state.ts';
import {clockSpan} from '../../text/time.ts';
import {blank, lineWidth, span, spread, type Line} from '../../text/line.ts';
import {Lines} from '../components/lines.tsx';
import {modeBadges, type Beside} from '../../wording/run-mode.ts';
import {accountText, count, shortCaller} from '../../wording/fault-text.ts';
import {cutEnd, cutMiddle, width} from '../../text/width.ts';

const separator = '  ·  ';

interface Props {
  readonly state: RunState;
  /** ms since the epoch. */
  readonly now: number;
  /** The run is another process's, or in the past. */
  readonly beside?: Beside | undefined;
  readonly columns: number;
  readonly rows: number;
}

/** Shows the run, its account, its caller and its duration. */
export function Header(props: Props): ReactNode {
  return <Lines lines={headerLines(props)} columns={props.columns} rows={props.rows} />;
}

function headerLines({state, now, beside, columns, rows}: Props): readonly Line[] {
  const {started} = state;
  if (started === undefined) return [[span(' Handrail', 'title')]];
  const elapsed = clockSpan((state.ended?.at ?? now) - started.at);
  const right: Line = [...modeBadges(state, beside), span(`  ${elapsed} `)];
  const {identity, endpoint, disabled = []} = started;
  const whose = whoseParts(identity, columns);
  const where = [
    identity.partition,
    count(state.lanes.size, 'Region') + (disabled.length === 0 ? '' : ` + ${disabled.length} disabled`),
    ...(endpoint === undefined ? [] : [host(endpoint)]),
  ];
  const title: Line = [span(` ${started.runbook.title}`, 'title')];
  if (rows === 1) return [spread(title, right, columns)];
  if (rows >= 3) {
    return [spread(title, right, columns), parts(whose, columns), parts(where, columns)];
  }
  return [spread(title, right, columns), parts([...whose, ...where], columns)];
}

/**
 * The account and the caller. Both are always there: long names, which Identity Center makes, are cut in their
 * middles, and the account's number never.
 */
function whoseParts(identity: Identity, columns: number): readonly string[] {
  const {account, alias} = identity;
  const who = shortCaller(identity);
  const room = columns - 1 - separator.length;
  const forCaller = Math.max(room - width(accountText(identity)), Math.floor(room / 2));
  const caller = callerWithin(who, forCaller);
  const forAlias = room - width(caller) - account.length - 1;
  // With fewer letters the alias would be unrecognizable.
  if (alias === undefined || forAlias < Math.min(8, alias.length)) {
    return [account, callerWithin(who, room - account.length)];
  }
  return [`${account} ${cutMiddle(alias, forAlias)}`, caller];
}

/**
 * Formats a role and a session name in at most `columns`. Identity Center's additions to a permission set are cut
 * first.
 */
function callerWithin(who: string, columns: number): string {
  if (width(who) <= columns) return who;
  const plain = who.replace(/^AWSReservedSSO_(.+)_[0-9a-f]{16}\//, '$1/');
  const slash = plain.indexOf('/');
  if (slash < 0 || width(plain) <= columns) return cutMiddle(plain, columns);
  const session = plain.slice(slash + 1);
  const forRole = Math.max(Math.floor((columns - 1) / 2), columns - 1 - width(session));
  const role = cutMiddle(plain.slice(0, slash), forRole);
  // Sessions are named after people, whose addresses end alike.
  return `${role}/${cutEnd(session, columns - 1 - width(role))}`;
}

/** As many of the texts as fit, the first ones first. */
function parts(texts: readonly string[], columns: number): Line {
  let line: Line = blank;
  for (const text of texts) {
    const longer = [...line, span(line.length === 0 ? ' ' : separator, 'quiet'), span(text)];
    if (line.length > 0 && lineWidth(longer) > columns) return line;
    line = longer;
  }
  return line;
}

function host(endpoint: string): string {
  return endpoint.replace(/^https?:\/\//, '').replace(/\/$/, '');
}
