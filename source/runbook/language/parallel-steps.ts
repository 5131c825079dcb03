interface MayBeAlongside {
  readonly alongside?: true | undefined;
}

/** Index of the first of the steps that go on at the same time as the one at an index: its own when it goes on alone. */
export function firstAlongside(steps: readonly MayBeAlongside[], index: number): number {
  let first = index;
  while (first > 0 && steps[first]?.alongside === true) first -= 1;
  return first;
}

/** Index after the last of the steps that go on at the same time as the one at an index. */
export function afterAlongside(steps: readonly MayBeAlongside[], index: number): number {
  let after = index + 1;
  while (steps[after]?.alongside === true) after += 1;
  return after;
}
