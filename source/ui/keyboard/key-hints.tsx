import type {ReactNode} from 'react';
import type {Binding} from './key-table.ts';
import {lineWidth, span, type Line} from '../../text/line.ts';
import {Lines} from '../components/lines.tsx';

interface Props {
  readonly hints: readonly Line[];
  /** A notice for the operator, shown in place of the hints. */
  readonly notice?: string | undefined;
  readonly columns: number;
  readonly rows: number;
}

/** The keys that have a use as things stand, each with its word. */
export function hintsOf<State>(bindings: readonly Binding<State, unknown>[], state: State): readonly Line[] {
  return bindings
    .filter(({hint, enabled}) => hint !== undefined && (enabled === undefined || enabled(state)))
    .map(({hintKeys, shown, hint = ''}): Line => [
      span(hintKeys ?? shown, 'accent'),
      span(` ${typeof hint === 'string' ? hint : hint(state)}`, 'quiet'),
    ]);
}

/** The keys that matter here, as many as fit; how to leave always does. */
export function KeyHints({hints, notice, columns, rows}: Props): ReactNode {
  if (notice !== undefined) {
    return <Lines lines={[[span(` ${notice}`, 'title')]]} columns={columns} rows={rows} />;
  }
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
