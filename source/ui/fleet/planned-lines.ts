import {accountLabel} from '../../fleet/account.ts';
import {alike} from '../../fleet/alike.ts';
import type {AccountState} from '../../fleet/state.ts';
import {lineText} from '../../text/line.ts';
import {planLines, planTitle} from '../../wording/decision/change-lines.ts';
import {isProduction, moreNotableFirst} from './notable.ts';

/** A log has no width; changes are shown with their whole ARNs. */
const unlimited = 1000;

/** Formats every change that a plan showed: once for the accounts that share it, those in production first. */
export function plannedLines(rows: readonly AccountState[]): readonly string[] {
  const ready = rows.filter(({phase}) => phase === 'ready').toSorted(moreNotableFirst);
  const groups = alike(ready, ({account, look}) => ({id: account.id, changes: look?.changes ?? []}));
  const lines = groups.flatMap((those) => {
    const [first] = those;
    const changes = first?.look?.changes ?? [];
    const isShared = those.length > 1;
    const texts = planLines({changes}, unlimited).map((line) => `  ${lineText(line).trimEnd()}`);
    return [
      ...those.map((row) => `  ${accountLabel(row.account)}${isProduction(row) ? ', production' : ''}`),
      `    ${planTitle(changes)}${isShared ? ' each' : ''}:`,
      // The first account's own id is not that of the others.
      ...texts.map((text) => (isShared ? text.replaceAll(first?.account.id ?? '', '…') : text)),
    ];
  });
  return lines.length === 0 ? [] : ['Would be changed:', ...lines];
}
