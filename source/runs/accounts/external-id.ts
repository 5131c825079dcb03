/** The environment variable that holds an external id written as `env:NAME`. */
export function variableOf(externalId: string): string | undefined {
  return /^env:([A-Za-z_]\w*)$/.exec(externalId)?.[1];
}
