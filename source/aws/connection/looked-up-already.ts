/**
 * Settings of a client that keep the SDK from the files of `~/.aws`. The SDK would read them for each client
 * and know only the profile of AWS_PROFILE. It would never return from a file that is a FIFO.
 */
export const lookedUpAlready = {
  ignoreConfiguredEndpointUrls: true,
  defaultsMode: 'legacy',
  retryMode: 'standard',
  authSchemePreference: async (): Promise<readonly string[]> => [],
  disableClockSkewCorrection: async (): Promise<boolean> => false,
  sigv4aSigningRegionSet: async (): Promise<undefined> => undefined,
} as const;
