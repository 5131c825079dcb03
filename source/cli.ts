#!/usr/bin/env node
import {checkCommand} from './commands/check-command.ts';
import {demoCommand} from './commands/demo-command.ts';
import {dispatch} from './commands/dispatch.ts';
import {resumeCommand} from './commands/resume-command.ts';
import {replayCommand} from './commands/replay-command.ts';
import {runCommand} from './commands/run-command.ts';
import {runsCommand} from './commands/runs-command.ts';
import {schemaCommand} from './commands/schema-command.ts';
import {simulateCommand} from './commands/simulate-command.ts';
import {undoCommand} from './commands/undo-command.ts';
import {verifyCommand} from './commands/verify-command.ts';

const commands = [
  demoCommand,
  runCommand,
  resumeCommand,
  runsCommand,
  undoCommand,
  verifyCommand,
  checkCommand,
  schemaCommand,
  simulateCommand,
  replayCommand,
];

process.exitCode = await dispatch(commands, process.argv.slice(2));
