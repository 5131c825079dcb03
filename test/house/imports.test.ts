import {readdirSync, readFileSync} from 'node:fs';
import {dirname, join, relative, resolve} from 'node:path';
import {describe, expect, it} from 'vitest';

const source = resolve(import.meta.dirname, '../../source');

/** Rooms that each room may import besides itself. All arrows point one way. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  'version.ts': [],
  data: [],
  text: [],
  log: ['text'],
  simulator: [],
  runbook: ['data', 'text'],
  engine: ['data', 'runbook'],
  journal: ['data', 'engine', 'log', 'text'],
  fleet: ['data', 'engine', 'text'],
  host: ['data', 'engine', 'journal'],
  replay: ['data', 'engine'],
  aws: ['data', 'engine', 'log', 'runbook', 'text'],
  wording: ['data', 'engine', 'text'],
  ui: ['data', 'engine', 'fleet', 'journal', 'replay', 'text', 'wording'],
  report: ['data', 'engine', 'fleet', 'journal', 'replay', 'text', 'wording'],
  cli: ['aws', 'engine', 'journal', 'log', 'runbook', 'text', 'version.ts'],
  runs: [
    'aws',
    'cli',
    'data',
    'engine',
    'fleet',
    'host',
    'journal',
    'log',
    'runbook',
    'text',
    'ui',
    'version.ts',
    'wording',
  ],
  // prettier-ignore
  authoring: ['aws', 'cli', 'data', 'engine', 'journal', 'runbook', 'runs', 'text', 'version.ts', 'wording'],
  // prettier-ignore
  commands: ['authoring', 'data', 'aws', 'cli', 'engine', 'fleet', 'host', 'journal', 'replay', 'report', 'runbook', 'runs', 'simulator', 'text', 'ui', 'version.ts', 'wording'],
  'cli.ts': ['cli', 'commands', 'ui'],
};

/** Files and folders of a room that other rooms may import. The rest is private. A room that is not here has no private files. */
// prettier-ignore
const doors: Readonly<Record<string, readonly string[]>> = {
  engine: [
    'model/', 'queries/', 'persistent/', 'run.ts', 'turn.ts', 'send-call.ts', 'outline.ts', 'plan-undo.ts', 'evolve/evolve.ts',
    'evolve/active-steps.ts', 'evolve/item-updates.ts', 'scope/expression-scope.ts', 'evolve/rewind.ts', 'decide/operator-commands.ts',
    'respond/interpret-response.ts', 'respond/list-reader.ts', 'respond/list-progress.ts', 'respond/merge-pages.ts', 'requests/known-reads.ts',
  ],
  runbook: [
    'language/', 'expression/', 'actions/actions.ts', 'load/load.ts', 'load/load-other.ts',
    'load/problem.ts', 'load/read-text.ts', 'load/shared-steps/from-runbook.ts', 'load/shared-steps/load-alone.ts', 'load/source-positions.ts', 'inputs.ts',
    'check/answer-problems.ts', 'check/check.ts', 'check/reach.ts', 'check/resolve-operations.ts', 'check/services-with-regions.ts', 'check/shapes/shapes.ts', 'check/shapes/unions.ts', 'operation.ts', 'arn.ts',
    'region-name.ts', 'request-value.ts', 'rule-texts.ts', 'secret.ts',
  ],
  aws: [
    'connection/', 'preflight/', 'wire/', 'catalogue/client-names.ts', 'catalogue/effects.ts', 'catalogue/find-client.ts', 'catalogue/operation-models.ts', 'catalogue/sdk-service.ts',
    'call/as-answered.ts', 'call/aws-port.ts', 'call/concurrency-gate.ts', 'call/rate-limited-port.ts', 'call/answers-ahead.ts', 'credentials/keys.ts',
  ],
  ui: ['choose-view.ts', 'view.ts', 'fleet/choose-fleet-view.ts', 'fleet/fleet-view.ts', 'home/', 'inputs/', 'replay/', 'terminal/capabilities.ts', 'terminal/line-writer.ts'],
  report: ['model.ts', 'fleet/', 'build/fold.ts', 'html/page.ts', 'markdown/markdown.ts'],
  simulator: ['server.ts', 'fault-file.ts', 'scenario/load.ts'],
};

function files(folder: string): readonly string[] {
  return readdirSync(folder, {recursive: true, withFileTypes: true})
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

function importsOf(file: string): readonly string[] {
  const text = readFileSync(file, 'utf8');
  const found = text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g);
  return [...found].map((match) => match[1] ?? '');
}

function room(file: string): string {
  return relative(source, file).split('/')[0] ?? '';
}

function localImports(file: string): readonly string[] {
  return importsOf(file)
    .filter((target) => target.startsWith('.'))
    .map((target) => resolve(dirname(file), target));
}

/** Groups of files that reach each other: Tarjan's strongly connected components with more than one member. */
function circles(graph: ReadonlyMap<string, readonly string[]>): readonly string[][] {
  const low = new Map<string, number>();
  const open: string[] = [];
  const found: string[][] = [];
  const visit = (file: string): number => {
    const index = low.size;
    low.set(file, index);
    open.push(file);
    for (const target of graph.get(file) ?? []) {
      if (!low.has(target)) visit(target);
      if (open.includes(target)) low.set(file, Math.min(low.get(file) ?? index, low.get(target) ?? index));
    }
    if (low.get(file) === index) {
      const circle = open.splice(open.indexOf(file)).map((member) => relative(source, member));
      if (circle.length > 1) found.push(circle);
    }
    return index;
  };
  for (const file of graph.keys()) if (!low.has(file)) visit(file);
  return found;
}

const all = files(source);

describe('the house', () => {
  it('has a rule for each of its folders', () => {
    expect(readdirSync(source).filter((name) => allowed[name] === undefined)).toEqual([]);
  });

  it('imports only along its arrows', () => {
    const wrong = all.flatMap((file) =>
      importsOf(file)
        .filter((target) => target.startsWith('.'))
        .map((target) => room(resolve(dirname(file), target)))
        .filter((target) => target !== room(file) && !allowed[room(file)]?.includes(target))
        .map((target) => `${relative(source, file)} → ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('imports no private file of another room', () => {
    const wrong = all.flatMap((file) =>
      localImports(file)
        .map((target) => relative(source, target))
        .filter((target) => {
          const [other = '', ...rest] = target.split('/');
          const open = doors[other];
          return (
            other !== room(file) &&
            open !== undefined &&
            !open.some((door) => rest.join('/').startsWith(door))
          );
        })
        .map((target) => `${relative(source, file)} → ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('has no circle of files, not even of types', () => {
    expect(circles(new Map(all.map((file) => [file, localImports(file)])))).toEqual([]);
  });

  it('keeps Ink and React in the user interface, and AWS clients in aws', () => {
    const wrong = all.flatMap((file) =>
      importsOf(file)
        .filter((target) => /^(ink|react)(\/|$)/.test(target) && !['ui', 'report'].includes(room(file)))
        .concat(
          importsOf(file).filter((target) => /^@(aws-sdk|smithy)\//.test(target) && room(file) !== 'aws'),
        )
        .map((target) => `${relative(source, file)} → ${target}`),
    );
    expect(wrong).toEqual([]);
  });

  it('reads no clock, file or environment in the engine', () => {
    const impure = all.filter((file) => {
      const text = readFileSync(file, 'utf8');
      return (
        room(file) === 'engine' &&
        (/\bDate\.now\(|new Date\(\)|Math\.random\(|process\.env/.test(text) ||
          importsOf(file).some((target) => target.startsWith('node:')))
      );
    });
    expect(impure.map((file) => relative(source, file))).toEqual([]);
  });
});
