import {pipelineMembers, type PipelineMembers} from '../services/imagebuilder/pipeline-members.ts';
import type {Scenario} from './schema.ts';

type PipelineEntry = Scenario['pipelines'][number];

/**
 * Builds the members of a scenario's pipeline: its templates in order, then the pipeline itself. Templates may
 * use `{name}`, `{region}` and `{account}`. A member that ends in `Arn` may be short: `image-recipe/base/1.0.0`
 * is that recipe in the pipeline's account and Region.
 */
export function membersOf(
  scenario: Scenario,
  entry: Pick<PipelineEntry, 'region' | 'name' | 'like' | 'with'>,
): PipelineMembers {
  const raw: Record<string, unknown> = Object.assign(
    {},
    ...entry.like.map((template) => scenario.templates[template]),
    entry.with,
  );
  const result = pipelineMembers.safeParse(fillIn(raw, scenario.account.id, entry));
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new Error(
    `pipeline ${entry.name} in ${entry.region} could not be written through the API: ` +
      `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`,
  );
}

function fillIn(
  value: unknown,
  account: string,
  entry: {region: string; name: string},
  member = '',
): unknown {
  if (Array.isArray(value)) return value.map((item) => fillIn(item, account, entry, member));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, fillIn(item, account, entry, key)]),
    );
  }
  if (typeof value !== 'string') return value;
  const text = value
    .replaceAll('{name}', entry.name)
    .replaceAll('{region}', entry.region)
    .replaceAll('{account}', account);
  const short = member.endsWith('Arn') && !text.startsWith('arn:');
  return short ? `arn:aws:imagebuilder:${entry.region}:${account}:${text}` : text;
}
