import {Contrib, Enums, Models, Serialize, Spec} from '@cyclonedx/cyclonedx-library';
import {PackageURL} from 'packageurl-js';
import parseLicense from 'spdx-expression-parse';
import type {BundledPackage} from './packages.ts';
import {manifest} from './project.ts';

const licenses = new Contrib.License.Factories.LicenseFactory(parseLicense);

/** Version of CycloneDX's format that is written. */
const spec = Spec.Spec1dot6;

/**
 * Returns the bill of materials of a bundle as CycloneDX JSON: the packages of which files are in it, and no others.
 * It holds no time and no random number, so the same sources give the same text.
 */
export function billOfMaterials(packages: readonly BundledPackage[]): string {
  const {name, version, license} = manifest();
  const program = componentOf({name, version, license, licenseText: ''}, Enums.ComponentType.Application);
  const bom = new Models.Bom({metadata: new Models.Metadata({component: program})});
  for (const bundled of packages) {
    const component = componentOf(bundled, Enums.ComponentType.Library);
    bom.components.add(component);
    program.dependencies.add(component.bomRef);
  }
  const factory = new Serialize.JSON.Normalize.Factory(spec);
  return `${new Serialize.JsonSerializer(factory).serialize(bom, {sortLists: true, space: 2})}\n`;
}

function componentOf({name, version, license}: BundledPackage, type: Enums.ComponentType): Models.Component {
  const [first = '', second] = name.split('/');
  const [scope, plain] = second === undefined ? [undefined, first] : [first, second];
  const purl = new PackageURL('npm', scope, plain, version, undefined, undefined).toString();
  const component = new Models.Component(type, plain, {version, purl, bomRef: purl});
  if (scope !== undefined) component.group = scope;
  if (license !== undefined) component.licenses.add(licenses.makeFromString(license));
  return component;
}
