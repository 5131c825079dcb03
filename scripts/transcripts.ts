import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {projectRoot} from './build/project.ts';
import {transcriptOf, type Story} from './transcripts/transcript.ts';

// Plays what somebody with a fresh machine types, and writes docs/transcripts.md with all that it printed. Needs a Node
// of version 20 in /usr/local/bin, and the executable: npm run build:executables. Run: npm run transcripts

const executable = join(projectRoot, 'dist/executables/handrail-linux-x64');

const stories: readonly Story[] = [
  {
    title: 'A host with Node 20',
    about:
      'A home without a file in it. `REPOSITORY` is where the repository is. npm brings the Node that Handrail needs.',
    path: '/usr/local/bin:/usr/bin:/bin',
    commands: [
      'node --version',
      'git clone --quiet "$REPOSITORY" handrail',
      'cd handrail && npm ci --no-audit --no-fund',
      'cd handrail && npm start',
    ],
  },
  {
    title: 'A host without Node',
    about: 'A home with the executable alone. No node and no npm is on the `PATH`.',
    path: '/usr/bin:/bin',
    files: {handrail: executable},
    commands: [
      'command -v node npm || echo "no node, no npm"',
      'sha256sum handrail',
      './handrail --version',
      './handrail check delete-service-linked-role',
      './handrail demo',
      './handrail runs',
    ],
  },
];

const head = `# Transcripts of fresh machines

From nothing to a rehearsed removal, as it was printed. \`npm run transcripts\` plays the commands in a new home and writes this
page. The times are those of the machine that did it, under whatever load it had.
`;

const home = mkdtempSync(join(tmpdir(), 'handrail-transcripts-'));
try {
  const parts = stories.map((story, at) => transcriptOf(story, join(home, String(at)), projectRoot));
  writeFileSync(join(projectRoot, 'docs/transcripts.md'), [head, ...parts].join('\n'));
} finally {
  rmSync(home, {recursive: true, force: true});
}
process.stdout.write(readFileSync(join(projectRoot, 'docs/transcripts.md'), 'utf8'));
