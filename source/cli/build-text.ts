import {bundledPackages} from './bundled-packages.ts';
import {version} from '../version.ts';

/** Formats `handrail --version --verbose`: all that a report of a bug has to say about this program. */
export function buildText(): string {
  const packages = bundledPackages();
  const clients = packages?.filter(({name}) => name.startsWith('@aws-sdk/client-')) ?? [];
  const rows: readonly (readonly [string, string])[] = [
    ['handrail', version()],
    ['build', buildOf(packages !== undefined)],
    ['runtime', runtime()],
    ['platform', platform()],
    ...clients.map((client): readonly [string, string] => [client.name, client.version]),
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `${name.padEnd(width)}  ${text}\n`).join('');
}

function buildOf(bundled: boolean): string {
  if (!bundled) return 'none: runs from its source';
  return process.versions['bun'] === undefined ? 'bundle' : 'executable';
}

function runtime(): string {
  const bun = process.versions['bun'];
  return bun === undefined ? `Node.js ${process.versions.node}` : `Bun ${bun}`;
}

function platform(): string {
  // The report would look up the host's names and ports.
  Object.assign(process.report, {excludeNetwork: true});
  const {glibcVersionRuntime: glibc} = (
    process.report.getReport() as {header: {glibcVersionRuntime?: string}}
  ).header;
  return [process.platform, process.arch, ...(glibc === undefined ? [] : [`glibc ${glibc}`])].join(' ');
}
