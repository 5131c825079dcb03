import {setFlagsFromString} from 'node:v8';

// A measurement is of a process whose heap is kept as small as the program keeps its own: scripts/build/start.cjs.
setFlagsFromString('--semi-space-growth-factor=1');
setFlagsFromString('--heap-growing-percent=100');
