import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {setFlagsFromString} from 'node:v8';

// A measurement is of a process whose heap is kept as small as the program keeps its own.
const start = readFileSync(join(import.meta.dirname, '../../scripts/build/start.cjs'), 'utf8');
for (const [, flag = ''] of start.matchAll(/setFlagsFromString\('(--[^']+)'\)/g)) setFlagsFromString(flag);
