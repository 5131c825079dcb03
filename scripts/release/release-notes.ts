/**
 * Returns the changelog's section of a version, without its heading. Throws when there is none: a release without
 * notes is one that nobody meant to make.
 */
export function releaseNotes(changelog: string, version: string): string {
  const sections = changelog.split(/^## /m).slice(1);
  const found = sections.find((section) => /^\S+/.exec(section)?.[0] === version);
  if (found === undefined) throw new Error(`CHANGELOG.md has no section "## ${version}"`);
  return found.slice(found.indexOf('\n') + 1).trim() + '\n';
}
