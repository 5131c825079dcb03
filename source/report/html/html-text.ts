import {show} from '../../text/show.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Shows data in HTML, in a text or in a quoted attribute. */
export function escaped(text: string): string {
  return show(text).replace(/[&<>"']/g, (character) => entities[character] ?? '');
}

/** Data that a machine said or that is to be typed. */
export function code(text: string): string {
  return `<code>${escaped(text)}</code>`;
}

/** A list of facts: names and HTML. */
export function facts(entries: readonly (readonly [name: string, html: string])[]): string {
  return `<dl>${entries.map(([name, html]) => `<div><dt>${escaped(name)}</dt><dd>${html}</dd></div>`).join('')}</dl>`;
}

/** A section with its heading. */
export function section(id: string, title: string, html: string): string {
  return `<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${escaped(title)}</h2>${html}</section>`;
}

export function list(items: readonly string[], otherwise: string): string {
  if (items.length === 0) return `<p class="quiet">${escaped(otherwise)}</p>`;
  return `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>`;
}
