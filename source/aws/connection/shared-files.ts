import {readFile, stat} from 'node:fs/promises';
import {devNull, homedir} from 'node:os';
import {join} from 'node:path';
import {BadSetting} from './bad-setting.ts';

/** The settings of a profile, an sso-session or a services section. Names in lower case, nested ones as `s3.name`. */
export type Section = Readonly<Record<string, string>>;

/** Content of `~/.aws/config` and `~/.aws/credentials`, as the AWS CLI reads it. */
export interface SharedFiles {
  /** Both files' settings of a profile; those of the credentials file win. */
  readonly profiles: ReadonlyMap<string, Section>;
  /** The credentials file alone: its keys outrank a process, and those of the config file do not. */
  readonly credentials: ReadonlyMap<string, Section>;
  readonly ssoSessions: ReadonlyMap<string, Section>;
  readonly services: ReadonlyMap<string, Section>;
  /** Files that are there and cannot be read, with the reason. */
  readonly unreadable: readonly string[];
}

/**
 * Reads both files, which may have been rewritten since the last time: nothing is remembered. Throws
 * {@link BadSetting} for a file that says a thing twice.
 */
export async function readSharedFiles(env: NodeJS.ProcessEnv): Promise<SharedFiles> {
  const unreadable: string[] = [];
  const read = async (path: string): Promise<string> => {
    const file = expanded(path, env);
    try {
      // As the CLI, which goes by a pipe or a device as if it were not there: reading one may never end.
      if ((await stat(file)).isFile()) return await readFile(file, 'utf8');
      if (file !== devNull) unreadable.push(`${path} is no regular file, and is not read`);
      return '';
    } catch (error) {
      const {code = ''} = error as NodeJS.ErrnoException;
      // This host's own trouble says nothing of the file.
      if (/^(EMFILE|ENFILE|ENOMEM)$/.test(code)) throw error;
      if (code !== 'ENOENT' && code !== 'ENOTDIR') unreadable.push(`${path} cannot be read: ${code}`);
      return '';
    }
  };
  const sectionsAt = async (path: string): Promise<ReadonlyMap<string, Section>> =>
    parseIni(await read(path), path);
  const [config, credentials] = await Promise.all([
    sectionsAt(env['AWS_CONFIG_FILE'] || '~/.aws/config'),
    sectionsAt(env['AWS_SHARED_CREDENTIALS_FILE'] || '~/.aws/credentials'),
  ]);
  const profiles = new Map(sectionsOf(config, 'profile'));
  for (const [name, section] of credentials) profiles.set(name, {...profiles.get(name), ...section});
  return {
    profiles,
    credentials,
    ssoSessions: new Map(sectionsOf(config, 'sso-session')),
    services: new Map(sectionsOf(config, 'services')),
    unreadable,
  };
}

/** No files at all. */
export const noFiles: SharedFiles = {
  profiles: new Map(),
  credentials: new Map(),
  ssoSessions: new Map(),
  services: new Map(),
  unreadable: [],
};

function expanded(path: string, env: NodeJS.ProcessEnv): string {
  return path.startsWith('~/') ? join(env['HOME'] || homedir(), path.slice(2)) : path;
}

/**
 * The sections of a kind, by their names: `[profile prod]`, `[profile "my prod"]`. `[default]` is a profile, too. The CLI takes
 * the lower one of it and `[profile default]`.
 */
function sectionsOf(sections: ReadonlyMap<string, Section>, kind: string): readonly [string, Section][] {
  return [...sections].flatMap(([header, section]): [string, Section][] => {
    if (header === 'default' && kind === 'profile') return [[header, section]];
    const [first, name, ...more] = shellWords(header);
    return first === kind && name !== undefined && more.length === 0 ? [[name, section]] : [];
  });
}

/** The words of a text as a shell parts them: quotes keep a space within a word. */
function shellWords(text: string): readonly string[] {
  const found = text.matchAll(/(?:"(?:\\.|[^"\\])*"|'[^']*'|[^\s"'])+/g);
  return [...found].map(([word]) =>
    word.replaceAll(/"((?:\\.|[^"\\])*)"|'([^']*)'/g, (_, double?: string, single?: string) =>
      double === undefined ? (single ?? '') : double.replaceAll(/\\(.)/g, '$1'),
    ),
  );
}

/**
 * Parses an INI text by the AWS CLI's rules, which are Python's. Text after a section's `]` is ignored, and `:`
 * equals `=`. Names have no case, and an indented line belongs to the setting above. Throws {@link BadSetting}.
 */
function parseIni(text: string, path: string): ReadonlyMap<string, Section> {
  const sections = new Map<string, Record<string, string>>();
  const once = onlyOnce(path);
  let section: Record<string, string> | undefined;
  let parent: string | undefined;
  let inSection = '';
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const trimmed = line.trim();
    if (trimmed === '' || /^[#;]/.test(trimmed)) continue;
    const header = /^\[([^\]]+)\]/.exec(line)?.[1];
    if (header !== undefined) {
      inSection = `[${header}]`;
      once(`the section ${inSection}`, index + 1);
      section = Object.create(null) as Record<string, string>;
      sections.set(header, section);
      parent = undefined;
      continue;
    }
    const [, given = '', , value = ''] = /^([^=:]+?)\s*([=:])\s*(.*)$/.exec(trimmed) ?? [];
    const name = given.toLowerCase();
    if (section === undefined || name === '') continue;
    const indented = /^\s/.test(line);
    if (!indented) once(`${name} in ${inSection}`, index + 1);
    const nested = indented && parent !== undefined;
    if (!nested) parent = value === '' ? name : undefined;
    if (value !== '') section[nested ? `${parent}.${name}` : name] = settingOf(name, value);
  }
  return sections;
}

/** The SDKs cut a comment off the end of a setting. In a command, `#` and `;` have other meanings. */
function settingOf(name: string, value: string): string {
  return name === 'credential_process' ? value : value.replace(/\s[#;].*$/, '').trimEnd();
}

/** Refuses the second of two entries with one name, as the CLI does: the intended one is unknown. */
function onlyOnce(path: string): (what: string, line: number) => void {
  const lines = new Map<string, number>();
  return (what, line) => {
    const before = lines.get(what);
    lines.set(what, line);
    if (before === undefined) return;
    throw new BadSetting(`${path} holds ${what} twice, in lines ${before} and ${line}`, {
      name: 'RepeatedSetting',
      remedy: 'take one of them away; the AWS CLI refuses such a file too',
    });
  };
}
