import type {Question} from '../../engine/model/events.ts';
import type {Answer} from '../../engine/model/ports.ts';

/** The answer where nobody can be asked: no, and which option would have answered. */
export function unanswerable({typeToConfirm, typeFitting, resend}: Question): Answer {
  if (resend !== undefined) return {accepted: false, by: 'nobody', missing: 'handrail resume on a terminal'};
  if (typeFitting !== undefined) return {accepted: false, by: 'nobody', missing: 'an option'};
  const missing = typeToConfirm === undefined ? '--yes' : `--confirm ${JSON.stringify(typeToConfirm)}`;
  return {accepted: false, by: 'nobody', missing};
}
