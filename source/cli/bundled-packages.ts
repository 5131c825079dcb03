/** A package of which files are in the bundle. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** The heading and the text of its license. */
  readonly license: string;
}

// A constant of a bundle. scripts/build/contents.ts fills it in when it is known what went into the bundle.
declare const HANDRAIL_PACKAGES: string | undefined;

/** Returns the packages in this program, sorted by name; undefined where it runs from its source. */
export function bundledPackages(): readonly BundledPackage[] | undefined {
  if (typeof HANDRAIL_PACKAGES === 'undefined') return undefined;
  return JSON.parse(HANDRAIL_PACKAGES) as readonly BundledPackage[];
}
