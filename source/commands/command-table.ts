import type {CommandEntry} from '../cli/command.ts';

/** Every command, in the order of `handrail --help`. One is loaded when it is asked for: starting must not wait. */
export const commandTable: readonly CommandEntry[] = [
  {name: 'demo', load: async () => (await import('./demo.ts')).demoCommand},
  {name: 'run', load: async () => (await import('./run.ts')).runCommand},
  {name: 'list', load: async () => (await import('./runbooks/list.ts')).listCommand},
  {name: 'show', load: async () => (await import('./runbooks/show.ts')).showCommand},
  {name: 'resume', load: async () => (await import('./resume.ts')).resumeCommand},
  {name: 'runs', load: async () => (await import('./runs.ts')).runsCommand},
  {name: 'watch', load: async () => (await import('./watch/watch.ts')).watchCommand},
  {name: 'undo', load: async () => (await import('./undo.ts')).undoCommand},
  {name: 'verify', load: async () => (await import('./verify.ts')).verifyCommand},
  {name: 'check', load: async () => (await import('./check.ts')).checkCommand},
  {name: 'test', load: async () => (await import('./authoring/test.ts')).testCommand},
  {name: 'fmt', load: async () => (await import('./authoring/fmt.ts')).fmtCommand},
  {name: 'new', load: async () => (await import('./authoring/new.ts')).newCommand},
  {name: 'lsp', load: async () => (await import('./authoring/lsp.ts')).lspCommand},
  {name: 'clients', load: async () => (await import('./clients/clients.ts')).clientsCommand},
  {name: 'schema', load: async () => (await import('./schema.ts')).schemaCommand},
  {
    name: 'permissions',
    load: async () => (await import('./permissions.ts')).permissionsCommand,
  },
  {name: 'simulate', load: async () => (await import('./simulate.ts')).simulateCommand},
  {name: 'replay', load: async () => (await import('./replay.ts')).replayCommand},
  {name: 'report', load: async () => (await import('./report.ts')).reportCommand},
  {name: 'fleet', load: async () => (await import('./fleet/fleet.ts')).fleetCommand},
  {name: 'config', load: async () => (await import('./config/config.ts')).configCommand},
  {name: 'licenses', load: async () => (await import('./licenses.ts')).licensesCommand},
  {name: 'completion', load: async () => (await import('./completion.ts')).completionCommand(commandTable)},
];
