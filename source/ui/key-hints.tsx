import type {ReactNode} from 'react';
import {bindings, type Focus} from './keys.ts';
import {lineWidth, span, type Line} from './line.ts';
import {Lines} from './lines.tsx';

interface Props {
  readonly focus: Focus;
  readonly columns: number;
  readonly rows: number;
}

/** The keys that matter here, as many as fit; how to leave always does. */
export function KeyHints({focus, columns, rows}: Props): ReactNode {
  const hints = bindings
    .filter((binding) => binding.hint !== undefined && binding.where.includes(focus))
    .map((binding): Line => [
      span(binding.action === 'down' ? '↑↓' : binding.shown, 'accent'),
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
