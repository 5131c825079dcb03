/** Credentials for the simulator, which takes any. They open nothing. */
export const simulatedCredentials = {accessKeyId: 'simulated', secretAccessKey: 'simulated'} as const;
