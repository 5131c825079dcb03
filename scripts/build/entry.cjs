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
  require('./start.cjs');
}
