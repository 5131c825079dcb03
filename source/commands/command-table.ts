import type {CommandEntry} from '../cli/command.ts';

/** Every command, in the order of `handrail --help`. One is loaded when it is asked for: starting must not wait. */
export const commandTable: readonly CommandEntry[] = [
  {name: 'demo', load: async () => (await import('./demo-command.ts')).demoCommand},
  {name: 'run', load: async () => (await import('./run-command.ts')).runCommand},
  {name: 'resume', load: async () => (await import('./resume-command.ts')).resumeCommand},
  {name: 'runs', load: async () => (await import('./runs-command.ts')).runsCommand},
  {name: 'undo', load: async () => (await import('./undo-command.ts')).undoCommand},
  {name: 'verify', load: async () => (await import('./verify-command.ts')).verifyCommand},
  {name: 'check', load: async () => (await import('./check-command.ts')).checkCommand},
  {name: 'schema', load: async () => (await import('./schema-command.ts')).schemaCommand},
  {
    name: 'permissions',
    load: async () => (await import('./permissions-command.ts')).permissionsCommand,
  },
  {name: 'simulate', load: async () => (await import('./simulate-command.ts')).simulateCommand},
  {name: 'replay', load: async () => (await import('./replay-command.ts')).replayCommand},
  {name: 'report', load: async () => (await import('./report-command.ts')).reportCommand},
  {name: 'completion', load: async () => (await import('./completion-command.ts')).completionCommand},
];
