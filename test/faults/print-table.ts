import {classTable, endingTable} from './table.ts';

/** Prints docs/faults.md: `npm run faults > docs/faults.md`. */
process.stdout.write(`# What can fail, and what becomes of it

Made by \`npm run -s faults > docs/faults.md\`, which lets the simulator play every failure; a test checks that it is
current. Nothing on this page was seen on a real account: the wordings are AWS's documented ones.

## What a failed call is taken for

The remedy is the line that an operator sees. A call that fails as *throttled*, *transient*, *timeout*, *garbled* or
*clock* is tried again (eight times at most; \`--max-attempts\`), unless it is a change that must not be made twice.
A change that fails as *busy* is tried again for about nine minutes, twelve times at most.
*credentials* pauses the run until there are new ones. A failed look makes its Region *unknown*, which never reads as
clear: nothing account-wide is done until it was looked at, or waived by name with \`--waive REGION\`.

${await classTable()}

Failures that come before any answer: no such name (\`no-endpoint\`), nobody listens (\`transient\`), a certificate that
is not trusted or a bad CA bundle (\`tls\`), a proxy that refuses (\`proxy\`), a Region that is switched off for the
account (\`not-enabled\`, confirmed with ListRegions where that is allowed).

## How a run ends when one operation always fails so

*blocked*: exit 4, nothing account-wide was done · *failed*: exit 1 · *done*: the run found out by itself how things
are, and exits with 0 · –: the operation cannot fail so. Every operation of the shipped runbooks whose client is
installed is a column.

${await endingTable()}
`);
