#!/usr/bin/env node
import {demoCommand} from './commands/demo-command.ts';
import {dispatch} from './commands/dispatch.ts';
import {resumeCommand} from './commands/resume-command.ts';
import {runCommand} from './commands/run-command.ts';
import {runsCommand} from './commands/runs-command.ts';
import {simulateCommand} from './commands/simulate-command.ts';
import {verifyCommand} from './commands/verify-command.ts';

const commands = [demoCommand, runCommand, resumeCommand, runsCommand, verifyCommand, simulateCommand];

process.exitCode = await dispatch(commands, process.argv.slice(2));
