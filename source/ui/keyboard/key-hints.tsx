import type {ReactNode} from 'react';
import {bindings, type Ability, type Focus} from './bindings.ts';
import {lineWidth, span, type Line} from '../../text/line.ts';
import {Lines} from '../components/lines.tsx';

interface Props {
  readonly focus: Focus;
  /** What can be steered just now. */
  readonly able: ReadonlySet<Ability>;
  /** What the operator should know about the last key: it stands in place of the hints. */
  readonly notice?: string | undefined;
  readonly columns: number;
  readonly rows: number;
}

/** The keys that matter here, as many as fit; how to leave always does. */
export function KeyHints({focus, able, notice, columns, rows}: Props): ReactNode {
  if (notice !== undefined) {
    return <Lines lines={[[span(` ${notice}`, 'title')]]} columns={columns} rows={rows} />;
  }
  const hints = bindings
    .filter(
      ({hint, where, needs}) =>
        hint !== undefined && where.includes(focus) && (needs === undefined || able.has(needs)),
    )
    .map((binding): Line => [
      span(binding.hintKeys ?? (binding.action === 'down' ? '↑↓' : binding.shown), 'accent'),
      span(` ${binding.hint ?? ''}`, 'quiet'),
    ]);
  const kept: Line[] = [];
  let left = columns - 1;
  for (const hint of hints.toReversed()) {
    left -= lineWidth(hint) + 3;
    if (left < 0) break;
    kept.unshift(hint);
  }
  const line = kept.flatMap((hint, index) => [span(index === 0 ? ' ' : '   '), ...hint]);
  return <Lines lines={[line]} columns={columns} rows={rows} />;
}
