import type {Report} from '../model.ts';
import {headingOf} from '../sections/heading.ts';
import type {Block, Fact, Heading, Item, Phrase, Piece, Section} from '../sections/section.ts';
import {sectionsOf} from '../sections/sections.ts';
import {cell, code, table} from './markdown-text.ts';

/** Writes a report for a ticket. Everything from the journal is shown as data: see markdown-text.ts. */
export function markdownOf(report: Report): string {
  return `${[heading(report), ...sectionsOf(report).map(sectionMarkdown)].join('\n\n')}\n`;
}

function heading(report: Report): string {
  return headMarkdown('Handrail run report', headingOf(report));
}

/** Writes a heading below a title of Handrail's own. */
export function headMarkdown(name: string, {mode, title, verdict, message, facts}: Heading): string {
  return [
    `# ${name}`,
    `**${verdict.text}.** ${code(message)}`,
    factLines([['Title', [{code: title}]], ['Mode', [mode]], ...facts]),
  ].join('\n\n');
}

/** Writes a section. */
export function sectionMarkdown({title, blocks}: Section): string {
  return [`## ${title}`, ...blocks.map(block)].join('\n\n');
}

function block(part: Block): string {
  switch (part.kind) {
    case 'text':
      return phrase(part.text);
    case 'facts':
      return factLines(part.facts);
    case 'list':
      return part.items.length === 0 ? part.otherwise : part.items.map(item).join('\n');
    case 'folded':
      return [`${part.summary}:`, part.items.map(item).join('\n')].join('\n\n');
    case 'table':
      return table(
        part.heading,
        part.rows.map((cells) => cells.map((text) => phrase(text, cell))),
      ).join('\n');
  }
}

function factLines(facts: readonly Fact[]): string {
  return facts.map(([name, value]) => `- ${name}: ${phrase(value)}`).join('\n');
}

function item({text, items = []}: Item): string {
  return [`- ${phrase(text)}`, ...items.map((below) => `  - ${phrase(below)}`)].join('\n');
}

function phrase(pieces: Phrase, asData: (text: string) => string = code): string {
  return pieces.map((one) => piece(one, asData)).join('');
}

function piece(one: Piece, asData: (text: string) => string): string {
  if (typeof one === 'string') return one;
  if ('code' in one) return asData(one.code);
  if ('data' in one) return asData(one.data);
  if ('link' in one) return asData(one.link);
  return 'strong' in one ? `**${one.strong}**` : one.toned;
}
