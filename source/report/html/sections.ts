import type {Report} from '../model.ts';
import {headingOf} from '../sections/heading.ts';
import type {Block, Heading, Item, Phrase, Piece, Section} from '../sections/section.ts';
import {sectionsOf} from '../sections/sections.ts';
import {code, escaped, facts, list, section} from './html-text.ts';

/** Writes the head of the page: how the run ended, who made it and on which account. */
export function headingHtml(report: Report): string {
  return headHtml(headingOf(report), report.run.simulation);
}

/** Writes a heading. */
export function headHtml(
  {mode, title, verdict, message, facts: entries}: Heading,
  simulation: boolean,
): string {
  const badge = `badge${simulation ? '' : ' bad'}`;
  return [
    `<header><p><span class="${badge}">${escaped(mode)}</span></p><h1>${escaped(title)}</h1>`,
    `<p>${piece({strong: `${verdict.text}.`, tone: verdict.tone})} ${escaped(message)}</p>`,
    `${facts(entries.map(([name, value]) => [name, phrase(value)]))}</header>`,
  ].join('');
}

/** Writes the sections that follow the chart. */
export function sectionsHtml(report: Report): string {
  return sectionsOf(report).map(sectionHtml).join('\n');
}

/** Writes a section. */
export function sectionHtml({id, title, blocks}: Section): string {
  return section(id, title, blocks.map(block).join(''));
}

/** Columns that have room on a narrow screen. */
const mostColumns = 5;

function block(part: Block): string {
  switch (part.kind) {
    case 'text':
      return `<p>${phrase(part.text)}</p>`;
    case 'facts':
      return facts(part.facts.map(([name, value]) => [name, phrase(value)]));
    case 'list':
      return list(part.items.map(item), part.otherwise);
    case 'folded':
      return `<details><summary>${escaped(part.summary)}</summary>${list(part.items.map(item), '')}</details>`;
    case 'table': {
      const head = part.heading.map((name) => `<th scope="col">${escaped(name)}</th>`).join('');
      const rows = part.rows.map(
        (cells) => `<tr>${cells.map((text) => `<td>${phrase(text)}</td>`).join('')}</tr>`,
      );
      const table = `<table class="found"><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table>`;
      // On a phone many columns have no room: they are scrolled sideways, by keys too.
      return part.heading.length <= mostColumns
        ? table
        : `<div class="wide" role="region" aria-label="${escaped(part.heading.join(', '))}" tabindex="0">${table}</div>`;
    }
  }
}

function item({text, items = []}: Item): string {
  return `${phrase(text)}${items.length === 0 ? '' : list(items.map(phrase), '')}`;
}

function phrase(pieces: Phrase): string {
  return pieces.map(piece).join('');
}

function piece(one: Piece): string {
  if (typeof one === 'string') return escaped(one);
  if ('code' in one) return code(one.code);
  if ('data' in one) return escaped(one.data);
  if ('page' in one) return `<a href="${escaped(one.page)}">${escaped(one.link)}</a>`;
  if ('toned' in one) return `<span class="${one.tone}">${escaped(one.toned)}</span>`;
  return `<strong${one.tone === undefined ? '' : ` class="${one.tone}"`}>${escaped(one.strong)}</strong>`;
}
