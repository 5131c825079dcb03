'use strict';
// Runs the bundle beside it. Reading and compiling that would be half of the time to the first frame, so its two parts
// are run as scripts, whose code can be kept for the next start with all that was compiled while they ran. (Node's own
// cache keeps what is compiled before a module runs, which is next to nothing of a bundle.)
const fs = require('node:fs');
const {createRequire} = require('node:module');
const {pathToFileURL} = require('node:url');
const v8 = require('node:v8');
const vm = require('node:vm');
// V8 believes what it is given: one wrong byte of kept code ends in a crash, or worse. Node 22.0 and 22.1 have no crc32.
const {crc32} = require('node:zlib');

const filename = `${__dirname}/main.js`;
const opened = fs.openSync(filename, 'r');
// `// parts HASH`, then where each part is, as scripts/build/bundle.ts writes it.
const [, , hash, ...places] = read(0, 80).split(' ');
const cache = cacheFolder();
/** What stands before the code in its file: a check of it, and how much code there was in the process that kept it. */
const headLength = 16;
/** Of each part that was run: its script, and how much code there was when its own was kept. */
const running = [];

// Short-lived objects get less room before they are collected: 15 MiB less at the peak, and no slower. All objects
// together may double before they are looked through, not grow fourfold: with thousands of lanes that is 60 MiB less.
roomGrowsBy(1);
v8.setFlagsFromString('--heap-growing-percent=100');

const parts = {
  url: pathToFileURL(filename).href,
  require: createRequire(filename),
  later(name) {
    roomGrowsBy(1);
    run(1);
    return this.later(name);
  },
};
start();
async function start() {
  // What Node says of a module that still waits when nothing is left that could happen.
  process.exitCode = 13;
  const first = run(0);
  // Nearly all that is made for the first frame stays: it is not worth collecting nine times.
  roomGrowsBy(8);
  await first;
  if (process.exitCode === 13) process.exitCode = 0;
}

// A few seconds after the start, all that a start needs has been compiled. One part at a time: it stops all else.
setTimeout(keepCode, 3000, 0).unref();
setTimeout(keepCode, 3300, 1).unref();
process.once('exit', () => {
  keepCode(0);
  keepCode(1);
});

function run(part) {
  const [start, length, lineOffset] = places.slice(3 * part).map(Number);
  const kept = keptCode(part);
  const script = new vm.Script(read(start, length), {filename, lineOffset, cachedData: kept?.code});
  running[part] = {script, size: script.cachedDataRejected === false ? kept.size : 0};
  return script.runInThisContext()(parts);
}

/** By how much the room for short-lived objects grows when it was too small. Code is kept for the same flags only. */
function roomGrowsBy(factor) {
  v8.setFlagsFromString(`--semi-space-growth-factor=${factor}`);
}

function read(start, length) {
  const bytes = Buffer.allocUnsafe(length);
  fs.readSync(opened, bytes, 0, length, start);
  return bytes.latin1Slice(0, length);
}

/** The user's own: whoever can write there can make this program do anything. */
function cacheFolder() {
  const {XDG_CACHE_HOME, HOME} = process.env;
  if (crc32 === undefined) return undefined;
  const home = XDG_CACHE_HOME || (HOME && `${HOME}/.cache`);
  return home && `${home}/handrail`;
}

function codeFile(part) {
  return `${cache}/${hash}-${process.version}-${process.arch}.${part}`;
}

/** A part's code as an earlier process kept it; undefined when there is none, or not the whole of it. */
function keptCode(part) {
  if (!cache) return undefined;
  let bytes;
  try {
    bytes = fs.readFileSync(codeFile(part));
  } catch {
    return undefined;
  }
  const code = bytes.subarray(headLength);
  if (bytes.length < headLength || bytes.readUInt32LE(0) !== crc32(code)) return undefined;
  return {code, size: bytes.readInt32LE(4)};
}

/** Keeps a part's code where none is kept, or a tenth less than there is now: by a process that did less. */
function keepCode(part) {
  const size = v8.getHeapCodeStatistics().bytecode_and_metadata_size;
  const own = running[part];
  if (!cache || own === undefined || size < own.size * 1.1) return;
  own.size = size;
  roomGrowsBy(1);
  const code = own.script.createCachedData();
  const head = Buffer.alloc(headLength);
  head.writeUInt32LE(crc32(code), 0);
  head.writeInt32LE(size, 4);
  const file = codeFile(part);
  try {
    fs.mkdirSync(cache, {recursive: true, mode: 0o700});
    fs.writeFileSync(`${file}-${process.pid}`, Buffer.concat([head, code]), {mode: 0o600});
    fs.renameSync(`${file}-${process.pid}`, file);
    forgetOld();
  } catch {
    // The next start takes longer, and nothing else.
  }
}

/** Takes away what other versions left a month ago or earlier. */
function forgetOld() {
  for (const name of fs.readdirSync(cache)) {
    const file = `${cache}/${name}`;
    if (fs.statSync(file).mtimeMs < Date.now() - 30 * 86_400_000) fs.rmSync(file, {recursive: true});
  }
}
