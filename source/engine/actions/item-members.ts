/**
 * Each member with the expression that finds its value in an undo's item. An item need not have all members of its
 * request; what was there before was looked at.
 */
export function itemMembers(
  names: readonly string[],
  from: 'with' | 'writeWith' | 'before',
): Record<string, string> {
  return Object.fromEntries(
    names.map((name) => {
      const path = `item.${from}."${name}"`;
      return [name, from !== 'before' ? `\${{ optional(${path}) }}` : `\${{ ${path} }}`];
    }),
  );
}
