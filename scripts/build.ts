import {copyFileSync, mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {bundle} from './build/bundle.ts';
import {projectRoot} from './build/project.ts';
import {licencesOf} from './build/licences.ts';

// Makes dist/: the check of Node's version, the one bundled file, and the licences of what is in it.
const dist = join(projectRoot, 'dist');
mkdirSync(dist, {recursive: true});
const {inputs} = await bundle({entry: 'source/cli.ts', outfile: join(dist, 'main.js')});
copyFileSync(join(projectRoot, 'scripts/build/entry.cjs'), join(dist, 'handrail.cjs'));
writeFileSync(join(dist, 'third-party-licences.txt'), licencesOf(inputs));
