import type {Arguments} from './command.ts';
import type {Option} from './option.ts';

/** Answers that were given on the command line. */
export interface GivenAnswers {
  /** `--yes`: every plain confirmation. */
  readonly yes: boolean;
  /** `--confirm TEXT`: every confirmation that wants exactly this text typed. */
  readonly confirm: readonly string[];
  /** Lets the demo answer its questions where no operator can be asked: nothing real is at stake. */
  readonly everything: boolean;
  /** `--waive REGION`: Regions to go on without, should they not be looked at. */
  readonly waive: readonly string[];
  /** `--second-run`: start although another run works on the account. */
  readonly secondRun?: boolean;
}

/** The inputs of a runbook, for commands that start one. */
export const inputOption: Option = {
  name: 'input',
  value: 'NAME=VALUE',
  multiple: true,
  offers: 'inputs',
  help: 'set an input of the runbook; once for each',
};

/** A secret of a run, for commands that go on from its journal. */
export const secretOption: Option = {
  name: 'input',
  value: 'NAME=env:VARIABLE',
  multiple: true,
  offers: 'inputs',
  help: 'give a secret again: the journal does not have it',
};

/** Options that answer a run's questions in advance. Every command that runs one has the same. */
export const answerOptions: readonly Option[] = [
  {name: 'yes', help: 'agree to confirmations that want a yes'},
  {
    name: 'confirm',
    value: 'TEXT',
    multiple: true,
    help: 'agree to the confirmation that wants exactly TEXT typed',
  },
  {
    name: 'waive',
    value: 'REGION',
    multiple: true,
    offers: 'regions',
    help: 'go on without this Region if it cannot be checked; once for each',
  },
  {
    name: 'second-run',
    help: 'make changes although another run works on the same account; without it, that is asked or refused',
  },
  {name: 'json', help: 'write one event a line, as JSON'},
];

/** The answers that were given as options. */
export function answersFrom(args: Arguments): GivenAnswers {
  return {
    yes: args.flag('yes'),
    confirm: args.texts('confirm'),
    waive: args.texts('waive'),
    secondRun: args.flag('second-run'),
    everything: false,
  };
}
