import {availableParallelism} from 'node:os';
import {defineConfig, type TestProjectInlineConfiguration} from 'vitest/config';
import {secondTries} from './test/support/second-tries.ts';

/** Properties, over many random inputs or whole runs. */
const property = ['test/**/*.property.test.ts'];
const browser = ['test/report/{fleet-page,hostile-page,page}.test.ts'];
/** In a pty, or on an emulated terminal. */
const terminal = [
  'test/terminal/**/*.test.ts',
  'test/report/hostile.test.ts',
  'test/replay/screen.test.ts',
  'test/ui/frames/**/*.test.ts',
  'test/ui/{fleet-screen,fleet-steering,focus-theft,home,mfa,screen,screens,sizes,steering}.test.ts',
];
/** What starts Handrail as a whole process: see test/support/whole-program.ts. */
const whole = [
  'test/package/**/*.test.ts',
  'test/host/{hosting-page,postgres,removal}.test.ts',
  'test/host/kills/**/*.test.ts',
  'test/commands/{ascii-lines,check-command,completion,config-file,debug-log}.test.ts',
  'test/commands/{few-files,lost-output,no-identity,notify-command,odd-places}.test.ts',
  'test/crash/{crash,full-disk,killed-at-requests}.test.ts',
  'test/resume/{listing,lock}.test.ts',
];
/** Over HTTP against the simulator, most of them whole runs. */
const http = [
  'test/{commands,crash,faults,jobs,resume,simulator,soak,waits}/**/*.test.ts',
  'test/aws/{assume-role,checked-agents,credentials,endless-lists,hanging-sources,identity-matrix,network}.test.ts',
  'test/aws/{paced-port,passed-over,proxies,regions,renewal,shared-clients,shared-way}.test.ts',
  'test/aws/{tls-connections,unusable-settings,user-agent}.test.ts',
  'test/authoring/rehearsal.test.ts',
  'test/report/report.test.ts',
  'test/runbook/{hostile-files,include,other-service,tutorial}.test.ts',
  'test/runs/accounts/organization.test.ts',
];
/** All the others. They start no process and no server, and share a worker's modules. */
const unit = ['test/**/*.test.{ts,tsx}'];

/** What is made once for all files of a project. */
const setups: Readonly<Record<string, readonly string[]>> = {
  http: ['test/support/children-folder.ts'],
  terminal: ['test/support/build-bundle.ts'],
  package: ['test/support/build-bundle.ts', 'test/support/children-folder.ts'],
};

export default defineConfig({
  test: {
    // Vitest leaves one core to itself, and many tests wait rather than compute: of two cores' time a sixth was idle with
    // three workers.
    maxWorkers: availableParallelism() * 2,
    reporters: ['default', secondTries()],
    projects: [
      project('unit', unit, [...property, ...http, ...whole, ...terminal, ...browser]),
      project('property', property),
      project('http', http, [...property, ...whole, ...terminal, ...browser]),
      project('terminal', terminal),
      project('package', whole),
      project('browser', browser),
    ],
  },
});

function project(
  name: string,
  include: readonly string[],
  exclude: readonly string[] = [],
): TestProjectInlineConfiguration {
  return {
    test: {
      name,
      include: [...include],
      exclude: [...exclude],
      isolate: name !== 'unit',
      // No limit but that of a test which stands still: a loaded machine takes many times the usual few seconds.
      testTimeout: name === 'unit' ? 60_000 : 600_000,
      hookTimeout: name === 'unit' ? 60_000 : 600_000,
      expect: {poll: {timeout: 60_000}},
      globalSetup: [...(setups[name] ?? [])],
    },
  };
}
