import {BadSetting} from './bad-setting.ts';

type ProxyName = 'HTTPS_PROXY' | 'HTTP_PROXY' | 'NO_PROXY';

/**
 * Returns the environment's proxies in a form that Node takes. Node silently bypasses a proxy that it does not
 * understand. Lower-case names win, as in curl. Only these variables are passed on. Throws {@link BadSetting}.
 */
export function proxiesIn(
  env: NodeJS.ProcessEnv,
  node = process.versions.node,
): Partial<Record<ProxyName, string>> {
  const names: readonly ProxyName[] = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY'];
  const found = names.flatMap((name): [ProxyName, string][] => {
    const given = [name.toLowerCase(), name].find((one) => bare(env[one]) !== '');
    if (given === undefined) return [];
    const text = bare(env[given]);
    return [[name, name === 'NO_PROXY' ? text : addressOf(given, text)]];
  });
  const [first] = found.filter(([name]) => name !== 'NO_PROXY');
  if (first !== undefined && !knowsProxies(node)) {
    throw new BadSetting(`${first[0]} is set, and Node ${node} cannot use a proxy`, {
      name: 'BadProxy',
      kind: 'proxy',
      remedy: 'use Node 22.21, 24.5 or newer, or unset it to go without',
    });
  }
  return Object.fromEntries(found);
}

/** A text without the quotes and blanks that files of settings leave around it. */
function bare(text: string | undefined): string {
  return (text ?? '')
    .trim()
    .replace(/^(["'])(.*)\1$/s, '$2')
    .trim();
}

/** The address with its scheme: `host:port` is an HTTP proxy, as for the AWS CLI and curl. */
function addressOf(name: string, text: string): string {
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(text)?.[1]?.toLowerCase();
  const address = scheme === undefined ? `http://${text.replace(/^\/\//, '')}` : text;
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https')
    throw unusable(name, `is a ${scheme} proxy`);
  const url = /\s/.test(address) ? null : URL.parse(address);
  // Not repeated: it may hold a password.
  if (url === null || url.hostname === '') throw unusable(name, 'is no address of a proxy');
  // Node takes the scheme in small letters alone.
  return url.href;
}

function unusable(name: string, why: string): BadSetting {
  return new BadSetting(`${name} ${why}`, {
    name: 'BadProxy',
    kind: 'proxy',
    remedy: 'give it as http://host:port or https://host:port, or unset it to go without',
  });
}

/** Returns true if this Node's agents take proxies: since 22.21 and 24.5. */
function knowsProxies(node: string): boolean {
  const [major = 0, minor = 0] = node.split('.').map(Number);
  return major > 24 || (major === 24 && minor >= 5) || (major === 22 && minor >= 21);
}
