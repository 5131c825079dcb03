import {basename, dirname, resolve} from 'node:path';
import {parseDocument} from 'yaml';
import type {ZodError} from 'zod';
import {memberScenarios} from '../organization/member-scenarios.ts';
import {isMap, merge} from './merge.ts';
import {membersOf} from './pipeline-from-template.ts';
import {scenarioSchema, type Scenario} from './schema.ts';
import {scenarioText, shippedFile, shippedFiles} from './shipped.ts';

/** A scenario that cannot be used. The message names the file and the path of the bad value in it. */
export class ScenarioError extends Error {
  constructor(file: string, what: string) {
    super(`${file}: ${what}`);
    this.name = 'ScenarioError';
  }
}

/** The names of the shipped scenarios, sorted. */
export function listScenarios(): string[] {
  return shippedFiles()
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => basename(file, '.yaml'))
    .toSorted();
}

/**
 * Loads a shipped scenario by its name, or any scenario by its path. A path holds a `/` or ends in `.yaml` or
 * `.yml`. @throws {ScenarioError} when there is no such scenario or it is not valid.
 */
export function loadScenario(nameOrPath: string): Scenario {
  const file = fileOf(nameOrPath, process.cwd());
  const result = scenarioSchema.safeParse(readMerged(file, []));
  if (!result.success) {
    throw new ScenarioError(file, problemsOf(result.error));
  }
  checkReferences(file, result.data);
  checkOrganization(file, result.data);
  return result.data;
}

function fileOf(nameOrPath: string, folder: string): string {
  if (/[/\\]|\.ya?ml$/.test(nameOrPath)) return resolve(folder, nameOrPath);
  if (!listScenarios().includes(nameOrPath)) {
    throw new ScenarioError(nameOrPath, `no such scenario; there are ${listScenarios().join(', ')}`);
  }
  return shippedFile(`${nameOrPath}.yaml`);
}

function readMerged(file: string, seen: readonly string[]): unknown {
  if (seen.includes(file)) throw new ScenarioError(file, 'extends: scenarios extend each other in a circle');
  const content = readYaml(file);
  if (!isMap(content)) throw new ScenarioError(file, 'must be a map');
  const {extends: base, ...own} = content;
  if (base === undefined) return own;
  if (typeof base !== 'string')
    throw new ScenarioError(file, 'extends: must be the name or path of a scenario');
  return merge(readMerged(fileOf(base, dirname(file)), [...seen, file]), own);
}

function readYaml(file: string): unknown {
  let text: string;
  try {
    text = scenarioText(file);
  } catch (error) {
    throw new ScenarioError(file, error instanceof Error ? error.message : 'cannot be read');
  }
  const document = parseDocument(text);
  const problem = document.errors[0];
  if (problem !== undefined) throw new ScenarioError(file, problem.message);
  return document.toJS();
}

function pathText(path: readonly PropertyKey[]): string {
  return (
    path
      .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
      .join('')
      .replace(/^\./, '') || 'the file'
  );
}

function checkReferences(file: string, scenario: Scenario): void {
  const known = new Set(scenario.regionNames);
  const mustBeKnown = (path: string, region: string) => {
    if (!known.has(region)) throw new ScenarioError(file, `${path}: ${region} is not one of regionNames`);
  };
  for (const region of Object.keys(scenario.regions)) mustBeKnown(`regions.${region}`, region);
  for (const [index, build] of scenario.running.entries())
    mustBeKnown(`running[${index}].region`, build.region);
  for (const [index, pipeline] of scenario.pipelines.entries()) {
    mustBeKnown(`pipelines[${index}].region`, pipeline.region);
    const twin = scenario.pipelines.findIndex(
      ({region, name}) => region === pipeline.region && name === pipeline.name,
    );
    if (twin !== index)
      throw new ScenarioError(file, `pipelines[${index}].name: the same pipeline as pipelines[${twin}]`);
    for (const template of pipeline.like) {
      if (Object.hasOwn(scenario.templates, template)) continue;
      throw new ScenarioError(file, `pipelines[${index}].like: there is no template ${template}`);
    }
    try {
      membersOf(scenario, pipeline);
    } catch (error) {
      throw new ScenarioError(
        file,
        `pipelines[${index}]: ${error instanceof Error ? error.message : 'invalid'}`,
      );
    }
  }
  for (const [
    index,
    {startBuild, endBuild, deletePipeline, changePipeline},
  ] of scenario.surprises.entries()) {
    if (startBuild !== undefined) mustBeKnown(`surprises[${index}].startBuild.region`, startBuild.region);
    if (endBuild !== undefined) mustBeKnown(`surprises[${index}].endBuild.region`, endBuild.region);
    if (deletePipeline !== undefined)
      mustBeKnown(`surprises[${index}].deletePipeline.region`, deletePipeline.region);
    if (changePipeline !== undefined)
      mustBeKnown(`surprises[${index}].changePipeline.region`, changePipeline.region);
  }
}

function checkOrganization(file: string, scenario: Scenario): void {
  const known = new Set([scenario.account.id]);
  for (const [index, {group, result}] of memberScenarios(scenario).entries()) {
    const path = `organization.accounts[${index}]`;
    if (!result.success) throw new ScenarioError(file, problemsOf(result.error, `${path}.world`));
    checkReferences(`${file}: ${path}.world`, result.data);
    for (let number = 0; number < group.count; number += 1) {
      const id = String(Number(group.id) + number).padStart(12, '0');
      if (known.has(id)) throw new ScenarioError(file, `${path}.id: another account has the id ${id}`);
      known.add(id);
    }
  }
  for (const [index, {suspendAccount: id}] of scenario.surprises.entries()) {
    if (id === undefined || known.has(id)) continue;
    throw new ScenarioError(
      file,
      `surprises[${index}].suspendAccount: the organization has no account ${id}`,
    );
  }
}

function problemsOf({issues}: ZodError, within = ''): string {
  return issues
    .map(({path, message}) => `${pathText([within, ...path].filter((part) => part !== ''))}: ${message}`)
    .join('; ');
}
