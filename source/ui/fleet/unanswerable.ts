import type {Account} from '../../fleet/account.ts';
import type {FleetAnswer, WaveQuestion} from '../../fleet/events.ts';

/** Declines a wave where no operator can be asked, and names the option that would have agreed to all of them. */
export function unanswerableWave({whole}: WaveQuestion): FleetAnswer {
  return {accepted: false, by: 'nobody', missing: `--confirm ${JSON.stringify(whole)}`};
}

/** Declines what an account's run wants beyond its wave: no option agrees to what nobody has seen. */
export function unanswerableChild({id}: Account): FleetAnswer {
  return {accepted: false, by: 'nobody', missing: `handrail fleet resume on a terminal, about account ${id}`};
}
