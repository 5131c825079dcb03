import type {Arguments, OptionHelp, OptionSpecs} from './command.ts';

/** Answers that were given on the command line. */
export interface GivenAnswers {
  /** `--yes`: every plain confirmation. */
  readonly yes: boolean;
  /** `--confirm TEXT`: every confirmation that wants exactly this text typed. */
  readonly confirm: readonly string[];
  /** The demo's own answers, where nobody can be asked: nothing real is at stake. */
  readonly everything: boolean;
  /** `--waive REGION`: Regions to go on without, should they not be looked at. */
  readonly waive: readonly string[];
}

/** The options that answer beforehand what a run asks: the same for every command that runs one. */
export const answerOptions = {
  yes: {type: 'boolean'},
  confirm: {type: 'string', multiple: true},
  waive: {type: 'string', multiple: true},
  json: {type: 'boolean'},
} as const satisfies OptionSpecs;

export const answerOptionHelp: readonly OptionHelp[] = [
  {usage: '--yes', help: 'agree to confirmations that want a yes'},
  {usage: '--confirm TEXT', help: 'agree to the confirmation that wants exactly TEXT typed'},
  {usage: '--waive REGION', help: 'go on without this Region if it cannot be looked at; once for each'},
  {usage: '--json', help: 'write one event a line, as JSON'},
];

/** The answers that were given as options. */
export function answersFrom(args: Arguments): GivenAnswers {
  return {
    yes: args.flag('yes'),
    confirm: args.texts('confirm'),
    waive: args.texts('waive'),
    everything: false,
  };
}
