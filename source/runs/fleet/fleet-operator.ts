import {planDigest} from '../../fleet/consent.ts';
import type {FleetAnswer} from '../../fleet/events.ts';
import type {FleetOperator} from '../../fleet/run.ts';
import type {FleetAnswers} from './fleet-order.ts';

/**
 * Asks the command line first, and the view only for open questions. `--confirm` agrees to every wave, if it is the text
 * for all of them and this fleet's first look has shown their changes. `--plan-digest` refuses all of them where that look
 * showed anything else than the plan.
 */
export function fleetOperator(
  {confirm, planDigest: wanted}: FleetAnswers,
  view: FleetOperator,
  who: string,
): FleetOperator {
  return {
    askWave: async (question, state, signal) => {
      const plan = planDigest(state);
      if (wanted !== undefined && wanted !== plan) {
        const missing = `--plan-digest ${plan}, once you have read with --plan what is not as in the plan that you gave`;
        return {accepted: false, by: `${who} with --plan-digest`, missing};
      }
      if (confirm === undefined) return named(await view.askWave(question, state, signal), who);
      const by = `${who} with --confirm`;
      const said = {by, typed: confirm};
      if (confirm !== question.whole) {
        return {accepted: false, ...said, missing: `--confirm ${JSON.stringify(question.whole)}`};
      }
      if (question.grown.length === 0) return {accepted: true, ...said};
      const where = question.grown.join(', ');
      return {
        accepted: false,
        ...said,
        missing: `handrail fleet resume, once what has changed since the first look is known: ${where}`,
      };
    },
    askChild: async (account, question, signal) => named(await view.askChild(account, question, signal), who),
  };
}

function named(answer: FleetAnswer, who: string): FleetAnswer {
  return answer.by === 'terminal' ? {...answer, by: who} : answer;
}
