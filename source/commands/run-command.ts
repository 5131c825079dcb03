import {inputValues} from '../runbook/inputs.ts';
import {chooseView} from './choose-view.ts';
import type {Command} from './command.ts';
import {execute} from './execute.ts';
import {findRunbook, shippedRunbooks} from './find-runbook.ts';
import {stopOnSignals} from './interruption.ts';
import {systemClock} from './system-clock.ts';
import {UsageError} from './usage-error.ts';

export const runCommand: Command = {
  name: 'run',
  purpose: 'step through a runbook against AWS',
  usage: '<runbook name or file> [options]',
  options: {
    input: {type: 'string', multiple: true},
    region: {type: 'string', multiple: true},
    profile: {type: 'string'},
    plan: {type: 'boolean'},
    yes: {type: 'boolean'},
    confirm: {type: 'string', multiple: true},
    json: {type: 'boolean'},
  },
  optionHelp: [
    {usage: '--input NAME=VALUE', help: 'set an input of the runbook; once for each'},
    {usage: '--region NAME', help: 'visit only this Region; once for each'},
    {usage: '--profile NAME', help: 'use this profile of the AWS configuration'},
    {usage: '--plan', help: 'look and show what would be changed; change nothing'},
    {usage: '--yes', help: 'agree to confirmations that want a yes'},
    {usage: '--confirm TEXT', help: 'agree to the confirmation that wants exactly TEXT typed'},
    {usage: '--json', help: 'write one event a line, as JSON'},
  ],
  async run(args) {
    const [name, extra] = args.positionals;
    if (name === undefined) {
      throw new UsageError(`name a runbook or its file; there are: ${shippedRunbooks().join(', ')}`);
    }
    if (extra !== undefined) throw new UsageError(`one runbook at a time: ${extra} is too much`);
    const loaded = findRunbook(name);
    const inputs = inputValues(loaded.runbook, args.texts('input'));
    const regions = args.texts('region').flatMap((text) => text.split(','));
    checkRegions(regions);
    const profile = args.text('profile');
    const stopper = stopOnSignals();
    const view = await chooseView(
      {json: args.flag('json'), onInterrupt: () => stopper.stop('SIGINT')},
      process.env,
    );
    try {
      return await execute(
        {
          loaded,
          inputs,
          mode: args.flag('plan') ? 'plan' : 'live',
          simulation: false,
          regions,
          connection: profile === undefined ? {} : {profile},
          answers: {yes: args.flag('yes'), confirm: args.texts('confirm'), everything: false},
        },
        {view, stopper, clock: systemClock, env: process.env},
      );
    } finally {
      stopper.release();
    }
  },
};

function checkRegions(regions: readonly string[]): void {
  for (const region of regions) {
    if (!/^[a-z]{2,}(-[a-z]+)+-\d+$/.test(region)) {
      throw new UsageError(`${region} is not the name of a Region, such as eu-west-1`);
    }
  }
}
