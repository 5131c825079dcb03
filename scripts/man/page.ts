import type {Command} from '../../source/cli/command.ts';
import {exitCodes} from '../../source/cli/exit-codes.ts';
import {everywhere} from '../../source/cli/help-text.ts';
import type {Option} from '../../source/cli/option.ts';

const exitStatus: Readonly<Record<keyof typeof exitCodes, string>> = {
  done: 'Done, or planned.',
  failed: 'Something failed.',
  usage: 'The arguments or the runbook are wrong; nothing was called.',
  needsOperator: 'The operator said no, or nobody was there to ask.',
  blocked: 'Blocked: some Region could not be looked at.',
  taken: 'Another process took the run over while this one stood still.',
  policy: 'A policy forbids it; nothing was changed.',
  crashed: 'A mistake in Handrail itself; the run can be resumed.',
  interrupted: 'Interrupted; the run can be resumed.',
};

const before = String.raw`.SH NAME
handrail \- step through runbooks against AWS, with every Region in view and a journal of it all
.SH SYNOPSIS
.B handrail
.I command
.RI [ options ]
.SH DESCRIPTION
Handrail takes an operator through a runbook, shows what it finds in every Region, asks before it changes anything,
and writes each step to a journal before it is taken. A run that was cut off goes on where it was.
.PP
On a terminal it fills the screen; elsewhere it writes plain lines, and with
.B \-\-json
one event a line. Without a command, on a terminal, it shows the runbooks and the runs to choose from.
.PP
A
.I run
is named by its id, its journal file, or the word
.BR latest .
`;

const after = String.raw`.SH ENVIRONMENT
.TP
.BR AWS_PROFILE ", " AWS_REGION ", " AWS_ENDPOINT_URL ", " AWS_CA_BUNDLE ", " HTTPS_PROXY ", " NO_PROXY
As for the AWS CLI.
.TP
.B NODE_PATH
Further folders in which clients of other AWS services are looked for.
.TP
.B NODE_COMPILE_CACHE
The folder in which Node keeps what it compiled, to start faster; else
.IR $XDG_CACHE_HOME/handrail ", or " ~/.cache/handrail
when that variable is not set.
.TP
.B HANDRAIL_LOG
A file for the log that
.B \-\-debug
writes to a file of its own. It holds no key, no token, no header and no input.
.TP
.BR NO_COLOR ", " TERM
Whether there are colors, and what the terminal can do.
.SH FILES
.TP
.I $XDG_CONFIG_HOME/handrail/config.yaml
Defaults of your own: bell, color, profiles of runbooks, Regions to leave out;
.I ~/.config/handrail/config.yaml
when that variable is not set.
.B handrail config
shows them.
.TP
.I $XDG_DATA_HOME/handrail/clients
Clients that
.B handrail clients add
has installed;
.I ~/.local/share/handrail/clients
when that variable is not set.
.TP
.I $XDG_STATE_HOME/handrail/*.jsonl
Journals, one a run, readable by their owner only; below
.I ~/.local/state
when the variable is not set.
.TP
.I $XDG_STATE_HOME/handrail/logs
Logs that
.B \-\-debug
has written.
.SH SEE ALSO
.BR aws (1)
`;

/** Returns the man page of these commands, in the man macros of troff. */
export function manPage(commands: readonly Command[], version: string): string {
  return [
    `.TH HANDRAIL 1 "" ${quoted(`Handrail ${version}`)} "User Commands"\n`,
    before,
    '.SH COMMANDS\n',
    ...commands.map(section),
    '.SH EXIT STATUS\n',
    ...Object.entries(exitStatus).map(
      ([name, meaning]) => `.TP\n.B ${exitCodes[name as keyof typeof exitCodes]}\n${text(meaning)}\n`,
    ),
    after,
  ].join('');
}

function section({name, purpose, usage, options}: Command): string {
  const heading = `.SS ${quoted(`handrail ${name} ${usage}`.trim())}\n${text(sentence(purpose))}\n`;
  return heading + [...options, ...everywhere].map(entry).join('');
}

function entry({name, value, multiple, help}: Option): string {
  const option =
    value === undefined ? `.B ${text(`--${name}`)}` : `.BI ${text(`--${name}`)} " ${text(value)}"`;
  const again =
    multiple === true && !help.includes('once for each') ? ' It may be given more than once.' : '';
  return `.TP\n${option}\n${text(sentence(help) + again)}\n`;
}

function sentence(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

function quoted(words: string): string {
  return `"${text(words).replaceAll('"', String.raw`\(dq`)}"`;
}

/** Returns words as troff prints them: a bare hyphen would come out as a typographic one. */
function text(words: string): string {
  const escaped = words
    .replaceAll('\\', String.raw`\(rs`)
    .replaceAll('-', String.raw`\-`)
    .replaceAll('…', '...');
  return /^[.']/.test(escaped) ? String.raw`\&${escaped}` : escaped;
}
