#!/usr/bin/env node
import {demoCommand} from './commands/demo-command.ts';
import {dispatch} from './commands/dispatch.ts';
import {runCommand} from './commands/run-command.ts';
import {simulateCommand} from './commands/simulate-command.ts';

process.exitCode = await dispatch([demoCommand, runCommand, simulateCommand], process.argv.slice(2));
