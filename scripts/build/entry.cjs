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
  var nodeModule = require('node:module');
  // Node 22.0 to 22.7 cannot keep what they compile for the next start.
  if (nodeModule.enableCompileCache) nodeModule.enableCompileCache();
  // What Node says of a module that still waits when nothing is left that could happen.
  process.exitCode = 13;
  import('./main.mjs');
}
