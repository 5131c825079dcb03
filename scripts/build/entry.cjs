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
  fitEngine();
  keepCompiled();
  // What Node says of a module that still waits when nothing is left that could happen.
  process.exitCode = 13;
  import('./main.mjs');
}

// Fits V8 to the command. Measured as CPU and peak: a removal of 34 Regions took 2.08 s and 119 MiB with the smallest heap
// for new values, and takes 1.79 s and 101 MiB. One of 60 accounts took 19.8 s and 258 MiB, and took 13.8 s and 302 MiB
// with V8 as it is by itself.
function fitEngine() {
  var word = process.argv.slice(2).find(function (one) {
    return one[0] !== '-';
  });
  if (word === 'fleet') return growToEight();
  if (!word || ['run', 'resume', 'undo', 'demo', 'simulate'].indexOf(word) >= 0) growALittle();
  else require('node:v8').setFlagsFromString('--semi-space-growth-factor=1');
}

// Lets each half of the part of the heap for new values grow to 8 MiB, and again whenever V8 has made it smaller; V8 would
// go on to 32 MiB. A fleet of 40 accounts takes as much of the processor as with 16 MiB, and 20 MiB less at its peak.
function growToEight() {
  var v8 = require('node:v8');
  // The whole heap is looked through when it is twice what was left the last time; V8 would wait for four times that.
  v8.setFlagsFromString('--heap-growing-percent=100');
  every(100, function () {
    v8.setFlagsFromString('--semi-space-growth-factor=' + (youngSize(v8) < 16 * 1024 * 1024 ? 2 : 1));
    return false;
  });
}

function youngSize(v8) {
  var young = v8.getHeapSpaceStatistics().find(function (space) {
    return space.space_name === 'new_space';
  });
  return young ? young.space_size : Infinity;
}

// Lets the part of the heap for new values grow to 8 MiB while modules load, and no further; V8 would go on to 32 MiB.
// Leaves out V8's optimizing compilers until three seconds of the processor are used: most removals end before that.
function growALittle() {
  var v8 = require('node:v8');
  v8.setFlagsFromString('--no-maglev');
  v8.setFlagsFromString('--no-opt');
  every(20, function () {
    if (youngSize(v8) < 8 * 1024 * 1024) return false;
    v8.setFlagsFromString('--semi-space-growth-factor=1');
    return true;
  });
  every(250, function () {
    var used = process.cpuUsage();
    if (used.user + used.system < 3e6) return false;
    v8.setFlagsFromString('--opt');
    v8.setFlagsFromString('--maglev');
    return true;
  });
}

// Calls until the answer is true, after so many ms, as long as something else goes on.
function every(ms, call) {
  var timer = setInterval(function () {
    if (call()) clearInterval(timer);
  }, ms);
  timer.unref();
}

// Keeps what Node compiles for the next start, unless the environment says where, or not to.
function keepCompiled() {
  var nodeModule = require('node:module');
  var env = process.env;
  // Node 22.0 to 22.7 cannot.
  if (!nodeModule.enableCompileCache || env.NODE_COMPILE_CACHE || env.NODE_DISABLE_COMPILE_CACHE) return;
  var folder = ownFolder(env.XDG_CACHE_HOME);
  if (folder) nodeModule.enableCompileCache(folder);
}

// Returns a folder that only this user can write to. Node runs what it finds there, and its default is in the shared /tmp.
function ownFolder(cacheHome) {
  var fs = require('node:fs');
  var path = require('node:path');
  try {
    var base =
      cacheHome && path.isAbsolute(cacheHome) ? cacheHome : path.join(require('node:os').homedir(), '.cache');
    var folder = path.join(base, 'handrail');
    fs.mkdirSync(folder, {recursive: true, mode: parseInt('700', 8)});
    var found = fs.lstatSync(folder);
    // Windows has no such bits, and keeps a user's folder from others by itself.
    if (!process.getuid) return folder;
    var othersWrite = (found.mode & parseInt('22', 8)) !== 0;
    return found.isDirectory() && found.uid === process.getuid() && !othersWrite ? folder : undefined;
    // oxlint-disable-next-line no-unused-vars -- An old Node cannot read a catch without a name.
  } catch (error) {
    // No home, or a disk that is full or read-only: the start is slower, and all else works.
    return undefined;
  }
}
