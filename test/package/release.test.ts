import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {Spec, Validation} from '@cyclonedx/cyclonedx-library';
import {afterAll, describe, expect, it} from 'vitest';
import {billOfMaterials} from '../../scripts/build/bill-of-materials.ts';
import {program} from '../../scripts/build/program.ts';
import {checksumLines} from '../../scripts/release/checksums.ts';
import {releaseNotes} from '../../scripts/release/release-notes.ts';

const folder = mkdtempSync(join(tmpdir(), 'handrail-release-'));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

describe('a release', () => {
  it('has checksums that sha256sum accepts, and refuses when a file was changed', () => {
    writeFileSync(join(folder, 'b'), 'two');
    writeFileSync(join(folder, 'a'), 'one');
    writeFileSync(join(folder, 'SHA256SUMS'), checksumLines(folder, ['b', 'a']));
    const check = (): string =>
      execFileSync('sha256sum', ['--check', 'SHA256SUMS'], {cwd: folder, encoding: 'utf8', stdio: 'pipe'});
    expect(check()).toBe('a: OK\nb: OK\n');
    writeFileSync(join(folder, 'a'), 'another');
    expect(check).toThrow('did NOT match');
  });

  it("takes its notes from the version's section of the changelog, and is not made without one", () => {
    const changelog =
      '# Changelog\n\n## Unreleased\n\n- later\n\n## 0.2.0 (2026-12-01)\n\n- new\n\n## 0.1.0\n\n- old\n';
    expect(releaseNotes(changelog, '0.2.0')).toBe('- new\n');
    expect(releaseNotes(changelog, '0.1.0')).toBe('- old\n');
    expect(() => releaseNotes(changelog, '0.3.0')).toThrow('CHANGELOG.md has no section "## 0.3.0"');
  });
});

describe('the bill of materials', () => {
  it('is valid CycloneDX, names each bundled package once, and none that is only developed with', async () => {
    const packages = await program('source/cli.ts', join(folder, 'program'));
    const bom = billOfMaterials(packages);
    expect(await new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(bom)).toBeNull();
    const {components} = JSON.parse(bom) as {readonly components: readonly {readonly purl: string}[]};
    const purls = components.map(({purl}) => purl);
    expect(purls).toContain(`pkg:npm/ink@${installed('ink')}`);
    expect(purls).toContain(`pkg:npm/%40aws-sdk/client-iam@${installed('@aws-sdk/client-iam')}`);
    expect(new Set(purls).size).toBe(purls.length);
    expect(
      purls.filter((purl) => /npm\/(vitest|typescript|ink-testing-library|esbuild)@/.test(purl)),
    ).toEqual([]);
    expect(billOfMaterials(packages)).toBe(bom);
  });
});

function installed(name: string): string {
  const manifest = join(import.meta.dirname, '../../node_modules', name, 'package.json');
  return (JSON.parse(readFileSync(manifest, 'utf8')) as {version: string}).version;
}
