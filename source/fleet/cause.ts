/** Forms in which AWS and Handrail say that a call was not allowed. */
const refusal = /not authorized to perform: ([\w-]+:\w+)/;

/**
 * Returns the reason of an account's trouble in the words that it shares with other accounts: without ids, ARNs, names
 * of runs and remedies, so that many accounts with one cause are one line.
 */
export function causeOf(message: string): string {
  const operation = refusal.exec(message)?.[1];
  if (operation !== undefined) {
    const by = /service control policy/i.test(message) ? ' by an SCP' : '';
    return `AccessDenied${by} ${operation}`;
  }
  return message
    .replace(/ \((?:have|ask|use|wait|give)\b[^)]*\)$/, '')
    .replace(/arn:[\w-]+:[^\s,;)]+/g, '…')
    .replace(/\b\d{12}\b/g, '…')
    .trim();
}
