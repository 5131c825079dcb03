import type {Json} from '../../../data/json.ts';
import type {Problem} from '../../../runbook/load/problem.ts';
import {contains} from '../play/contains.ts';
import type {Judged} from './judged.ts';
import type {ExpectedRequest} from '../language.ts';
import type {SentRequest} from '../play/mocked-aws.ts';

/** Returns the requests that were sent and not expected, or expected and not sent. */
export function requestFailures(judged: Judged): readonly Problem[] {
  return [...changeFailures(judged), ...orderFailures(judged), ...neverFailures(judged)];
}

/** Changes are compared place by place: Regions go on at the same time, so that their order among each other is none. */
function changeFailures(judged: Judged): readonly Problem[] {
  const {one, aws, secrets, at} = judged;
  const sent = aws.sent.filter(({effect, attempt}) => effect === 'change' && attempt === 1);
  const expected = one.expect.changes.map((request, index) => ({request, index}));
  const hidden = (value: Json): Json => concealed(value, secrets);
  const left = [...sent];
  const missing = expected.filter(({request}) => {
    const found = left.findIndex((change) => fits(change, request, hidden));
    if (found >= 0) left.splice(found, 1);
    return found < 0;
  });
  const problems = missing.map(({request, index}) => {
    const near = left.filter(({operation}) => operation === request.call);
    const came = near.length === 0 ? listed(left) : listed(near);
    return at(['expect', 'changes', index], `expected the change ${wantedText(request)}; ${came}`);
  });
  const matched = new Set(
    missing.flatMap(({request}) => left.filter(({operation}) => operation === request.call)),
  );
  const extra = left.filter((change) => !matched.has(change));
  const place = one.expect.changes.length === 0 ? ['expect'] : ['expect', 'changes'];
  problems.push(
    ...extra.map((change) => at(place, `expected no other change; sent was ${sentText(change)}`)),
  );
  return problems.length > 0 ? problems : misordered(judged, sent, hidden);
}

/** All changes are there; in a Region they have to come in the order of the file. */
function misordered(
  {one, at}: Judged,
  sent: readonly SentRequest[],
  hidden: (value: Json) => Json,
): readonly Problem[] {
  const expected = one.expect.changes.map((request, index) => ({request, index}));
  for (const region of new Set(sent.map((change) => change.region))) {
    const inRegion = sent.filter((change) => change.region === region);
    const wanted = expected.filter(({request}) => request.region === region);
    if (wanted.length !== inRegion.length) continue;
    const wrong = wanted.find(({request}, position) => {
      const change = inRegion[position];
      return change === undefined || !fits(change, request, hidden);
    });
    if (wrong === undefined) continue;
    const order = inRegion.map(sentText).join(', then ');
    return [
      at(
        ['expect', 'changes', wrong.index],
        `expected ${wantedText(wrong.request)} here; the order was ${order}`,
      ),
    ];
  }
  return [];
}

function orderFailures({one, aws, secrets, at}: Judged): readonly Problem[] {
  const hidden = (value: Json): Json => concealed(value, secrets);
  let from = 0;
  for (const [index, request] of (one.expect.requests ?? []).entries()) {
    const found = aws.sent.findIndex((sent, position) => position >= from && fits(sent, request, hidden));
    if (found < 0) {
      const earlier = aws.sent.some((sent) => fits(sent, request, hidden));
      const same = aws.sent.filter(({operation}) => operation === request.call);
      const why = earlier
        ? 'it was sent, but before the entry above'
        : listed(same.length === 0 ? aws.sent : same);
      return [at(['expect', 'requests', index], `expected the request ${wantedText(request)}; ${why}`)];
    }
    from = found + 1;
  }
  return [];
}

function neverFailures({one, aws, at}: Judged): readonly Problem[] {
  return (one.expect.never ?? []).flatMap((operation, index) => {
    const sent = aws.sent.find((request) => request.operation === operation);
    return sent === undefined
      ? []
      : [at(['expect', 'never', index], `expected no ${operation}; sent was ${sentText(sent)}`)];
  });
}

function fits(sent: SentRequest, wanted: ExpectedRequest, hidden: (value: Json) => Json): boolean {
  return (
    sent.operation === wanted.call &&
    (wanted.region === undefined || wanted.region === sent.region) &&
    contains(sent.input, hidden((wanted.with ?? {}) as Json))
  );
}

/** Requests are journaled with masks, so expected ones are compared with masks too. */
function concealed(value: Json, secrets: Judged['secrets']): Json {
  if (secrets.length === 0) return value;
  return JSON.parse(JSON.stringify(value), (_, one: Json) =>
    typeof one === 'string' ? secrets.reduce((text, secret) => secret.conceal(text), one) : one,
  ) as Json;
}

/** Most requests that a failure lists. */
const mostListed = 4;

function listed(sent: readonly SentRequest[]): string {
  if (sent.length === 0) return 'none was sent';
  const more = sent.length > mostListed ? `, and ${sent.length - mostListed} more` : '';
  return `sent was ${sent.slice(0, mostListed).map(sentText).join(', ')}${more}`;
}

function sentText({operation, region, input}: SentRequest): string {
  return `${operation}${region === undefined ? '' : ` in ${region}`} ${JSON.stringify(input)}`;
}

function wantedText({call, region, with: members}: ExpectedRequest): string {
  return `${call}${region === undefined ? '' : ` in ${region}`}${members === undefined ? '' : ` ${JSON.stringify(members)}`}`;
}
