import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {billOfMaterials} from './build/bill-of-materials.ts';
import {licensesOf} from './build/licenses.ts';
import {program} from './build/program.ts';
import {projectRoot} from './build/project.ts';

// Makes dist/: the program, the licenses of its parts, and the list of them.
const dist = join(projectRoot, 'dist');
const packages = await program('source/cli.ts', dist);
writeFileSync(join(dist, 'third-party-licenses.txt'), licensesOf(packages));
writeFileSync(join(dist, 'sbom.cdx.json'), billOfMaterials(packages));
