import type {HelpSection} from '../../../keyboard/key-table.ts';
import {accountKeys, accountFilterKeys} from './account-keys.ts';
import {pageKeys} from './reading-keys.ts';
import {waveKeys} from './wave-keys.ts';

/** The keys that the help of the fleet's screen lists. */
export const fleetHelp: readonly HelpSection[] = [accountKeys, waveKeys, accountFilterKeys, pageKeys];
