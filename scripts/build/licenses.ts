import type {BundledPackage} from './packages.ts';

/** Joins the licenses of all bundled packages: bundling does not void them. */
export function licensesOf(packages: readonly BundledPackage[]): string {
  return packages.map(licenseOf).join(`\n${'-'.repeat(80)}\n\n`);
}

/** The heading and the text of a package's license. */
export function licenseOf({name, version, license, licenseText}: BundledPackage): string {
  return `${name} ${version} (${license ?? 'see below'})\n\n${licenseText}\n`;
}
