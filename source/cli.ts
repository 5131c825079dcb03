#!/usr/bin/env node
import {commandTable} from './commands/command-table.ts';
import {dispatch} from './commands/dispatch.ts';

process.exitCode = await dispatch(commandTable, process.argv.slice(2));
