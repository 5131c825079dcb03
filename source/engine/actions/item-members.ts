/** Each member with the expression that finds its value in an undo's item. */
export function itemMembers(names: readonly string[], from: string): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, `\${{ item.${from}."${name}" }}`]));
}
