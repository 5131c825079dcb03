import {consentMutants} from './mutants/consent.ts';
import {decideMutants} from './mutants/decide.ts';
import {evolveMutants} from './mutants/evolve.ts';
import {journalMutants} from './mutants/journal.ts';
import {regionMutants} from './mutants/regions.ts';
import {respondMutants} from './mutants/respond.ts';
import {runMutants} from './mutants/run.ts';
import type {Mutant} from './mutant.ts';

/** Every mutant, room by room. */
export const mutants: readonly Mutant[] = [
  ...consentMutants,
  ...decideMutants,
  ...regionMutants,
  ...respondMutants,
  ...evolveMutants,
  ...runMutants,
  ...journalMutants,
];
