#!/usr/bin/env node
'use strict';
// Written so that any Node can read it: an old one gets a plain line instead of a syntax error from the bundle.
var needed = 22;
if (Number(process.versions.node.split('.')[0]) < needed) {
  process.stderr.write(
    'handrail: this is Node ' + process.versions.node + ', and Node ' + needed + ' or newer is needed\n',
  );
  process.exitCode = 2;
} else {
  keepCompiled();
  import('./main.js');
}

// Compiling the bundle is half of the time to the first frame, so what was compiled is kept for the next start: in a
// folder of the user's own, since whoever can write there can make this program do anything.
function keepCompiled() {
  var home = process.env.XDG_CACHE_HOME || (process.env.HOME ? process.env.HOME + '/.cache' : '');
  var enable = require('node:module').enableCompileCache;
  if (home && enable) enable(home + '/handrail');
}
