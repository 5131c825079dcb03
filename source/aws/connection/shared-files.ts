import {isUtf8} from 'node:buffer';
import {lstat, readFile, stat} from 'node:fs/promises';
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
  /** Files of which nothing was read, with the reason: a clause each. */
  readonly unread: readonly string[];
}

/**
 * Reads both files, which may have been rewritten since the last time: nothing is remembered. Throws
 * {@link BadSetting} for a file that the AWS CLI refuses.
 */
export async function readSharedFiles(env: NodeJS.ProcessEnv): Promise<SharedFiles> {
  const [first, second] = await Promise.all([
    readSettings(env['AWS_CONFIG_FILE'], '~/.aws/config', env),
    readSettings(env['AWS_SHARED_CREDENTIALS_FILE'], '~/.aws/credentials', env),
  ]);
  const [config, credentials] = [parseIni(first), parseIni(second)];
  const hasNothing = config.size === 0 && credentials.size === 0;
  const empty = ({text, path}: ReadFile): readonly string[] =>
    hasNothing && text?.trim() === '' ? [`${path} is empty`] : [];
  const profiles = new Map(sectionsOf(config, 'profile'));
  for (const [name, section] of credentials) profiles.set(name, {...profiles.get(name), ...section});
  return {
    profiles,
    credentials,
    ssoSessions: new Map(sectionsOf(config, 'sso-session')),
    services: new Map(sectionsOf(config, 'services')),
    // Both may be the same file.
    unread: [...new Set([first, second].flatMap((file) => file.unread ?? empty(file)))],
  };
}

/** No files at all. */
export const noFiles: SharedFiles = {
  profiles: new Map(),
  credentials: new Map(),
  ssoSessions: new Map(),
  services: new Map(),
  unread: [],
};

function expanded(path: string, env: NodeJS.ProcessEnv): string {
  return path.startsWith('~/') ? join(env['HOME'] || homedir(), path.slice(2)) : path;
}

interface ReadFile {
  readonly path: string;
  readonly text?: string;
  /** Says why it was not read; absent where that is no surprise. */
  readonly unread?: string;
}

async function readSettings(
  given: string | undefined,
  usual: string,
  env: NodeJS.ProcessEnv,
): Promise<ReadFile> {
  const path = given || usual;
  const file = expanded(path, env);
  try {
    // As the CLI, which goes by a pipe or a device as if it were not there: reading one may never end.
    const found = await stat(file);
    if (found.isFile()) return {path, text: textOf(await readFile(file), path)};
    const kind = found.isDirectory() ? 'a folder' : 'no regular file';
    return {path, ...(file === devNull ? {} : {unread: `${path} is ${kind}, and is not read`})};
  } catch (error) {
    const {code = ''} = error as NodeJS.ErrnoException;
    // This host's own trouble says nothing of the file.
    if (error instanceof BadSetting || /^(EMFILE|ENFILE|ENOMEM)$/.test(code)) throw error;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') return {path, unread: `${path} cannot be read: ${code}`};
    if (await isLink(file)) return {path, unread: `${path} is a link to a file that is not there`};
    return {path, ...(given ? {unread: `${path} is not there`} : {})};
  }
}

async function isLink(file: string): Promise<boolean> {
  return lstat(file).then(
    (found) => found.isSymbolicLink(),
    () => false,
  );
}

/** Returns the text in a file. Throws {@link BadSetting} for one that holds something else. */
function textOf(content: Buffer, path: string): string {
  const [first, second] = content;
  // PowerShell writes it when asked for nothing else.
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) {
    throw refused(`${path} is text in UTF-16`, 'save it as UTF-8');
  }
  if (!isUtf8(content) || content.includes(0)) {
    throw refused(`${path} is no text in UTF-8`, 'put the right file there, or name another one');
  }
  return content.toString('utf8');
}

function refused(message: string, remedy: string, name = 'BadFile'): BadSetting {
  return new BadSetting(message, {name, remedy: `${remedy}; the AWS CLI refuses such a file too`});
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
function parseIni({text = '', path}: ReadFile): ReadonlyMap<string, Section> {
  const sections = new Map<string, Record<string, string>>();
  const once = onlyOnce(path);
  let section: Record<string, string> | undefined;
  let parent: string | undefined;
  let inSection = '';
  /** A setting stands above in this section: an indented line may belong to it. */
  let above = false;
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n?|\n/);
  for (const [index, line] of lines.entries()) {
    const trimmed = line.trim();
    if (trimmed === '' || /^[#;]/.test(trimmed)) continue;
    const indented = above && /^\s/.test(line);
    const header = indented ? undefined : /^\[([^\]]+)\]/.exec(trimmed)?.[1];
    if (header !== undefined) {
      inSection = `[${header}]`;
      once(`the section ${inSection}`, index + 1);
      section = Object.create(null) as Record<string, string>;
      sections.set(header, section);
      parent = undefined;
      above = false;
      continue;
    }
    const [, given = '', , value = ''] = /^([^=:]+?)\s*([=:])\s*(.*)$/.exec(trimmed) ?? [];
    const name = given.toLowerCase();
    if (section === undefined || (name === '' && !indented)) throw strayLine(path, index + 1, section);
    if (name === '') continue;
    above = true;
    if (!indented) once(`${name} in ${inSection}`, index + 1);
    const nested = indented && parent !== undefined;
    if (!nested) parent = value === '' ? name : undefined;
    if (value !== '') section[nested ? `${parent}.${name}` : name] = settingOf(name, value);
  }
  return sections;
}

/** The line itself is not repeated: it may hold a key. */
function strayLine(path: string, line: number, section: Section | undefined): BadSetting {
  return section === undefined
    ? refused(`line ${line} of ${path} stands before any [section]`, 'put a line such as [default] above it')
    : refused(
        `line ${line} of ${path} is neither a [section] nor a setting`,
        'write it as name = value, or begin it with #',
      );
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
    const message = `${path} holds ${what} twice, in lines ${before} and ${line}`;
    throw refused(message, 'take one of them away', 'RepeatedSetting');
  };
}
