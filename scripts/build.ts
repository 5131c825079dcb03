import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {licensesOf} from './build/licenses.ts';
import {program} from './build/program.ts';
import {projectRoot} from './build/project.ts';

// Makes dist/: the program, and the licenses of its parts.
const dist = join(projectRoot, 'dist');
const {inputs} = await program('source/cli.ts', dist);
writeFileSync(join(dist, 'third-party-licenses.txt'), licensesOf(inputs));
