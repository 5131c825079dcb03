/** How Ink draws everything that takes the whole terminal: the run, a replay and the home screen. */
export const fullScreen = {
  alternateScreen: true,
  incrementalRendering: true,
  interactive: true,
  exitOnCtrlC: false,
  patchConsole: false,
} as const;
