import type {NormalizedSchema} from '@smithy/core/schema';
import type {Json, JsonObject} from '../../data/json.ts';
import {membersOf} from './members-of.ts';
import {valueOfText} from './text-value.ts';

/** An element of a request as the SDK's clients write it: text or children, never both. */
interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: Element[];
  text: string;
}

/** The members of a structure that came as XML. */
export function xmlInput(schema: NormalizedSchema, body: string): JsonObject {
  const root = rootOf(body);
  return root === undefined ? {} : structure(schema, root);
}

function rootOf(body: string): Element | undefined {
  const open: Element[] = [{name: '', attributes: new Map(), children: [], text: ''}];
  const tokens = body.matchAll(/<(\/?)([^\s/>?!]+)([^>]*?)(\/?)>|<[?!][^>]*>|([^<]+)/g);
  for (const [, end, name, attributes = '', alone, text] of tokens) {
    const parent = open.at(-1);
    if (parent === undefined) return undefined;
    if (text !== undefined) parent.text += plain(text);
    else if (end === '/') open.pop();
    else if (name !== undefined) {
      const pairs = attributes.matchAll(/([\w:.-]+)="([^"]*)"/g);
      const found = new Map([...pairs].map(([, key = '', value = '']) => [key, plain(value)]));
      const element: Element = {name, attributes: found, children: [], text: ''};
      parent.children.push(element);
      if (alone !== '/') open.push(element);
    }
  }
  return open[0]?.children[0];
}

const entities: Readonly<Record<string, string>> = {amp: '&', lt: '<', gt: '>', quot: '"', apos: "'"};

function plain(text: string): string {
  return text.replaceAll(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (all, hex, decimal, name) => {
    if (name !== undefined) return entities[String(name)] ?? all;
    const code = Number.parseInt(hex ?? decimal, hex === undefined ? 10 : 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}

function structure(schema: NormalizedSchema, element: Element): JsonObject {
  const members: Record<string, Json> = {};
  for (const [name, member] of membersOf(schema)) {
    const {xmlName, xmlAttribute} = member.getMergedTraits();
    const onWire = String(xmlName ?? name);
    const attribute = xmlAttribute === undefined ? undefined : element.attributes.get(onWire);
    const found = element.children.filter((child) => child.name === onWire);
    if (attribute !== undefined) members[name] = valueOfText(member, attribute);
    else if (found[0] !== undefined) members[name] = valueOf(member, found[0], found);
  }
  return members;
}

/** `all`: the elements of this name, of which a flat list or map has several. */
function valueOf(schema: NormalizedSchema, first: Element, all: readonly Element[]): Json {
  const items = schema.getMergedTraits().xmlFlattened === undefined ? first.children : all;
  if (schema.isListSchema()) {
    return items.map((item) => valueOf(schema.getValueSchema(), item, [item]));
  }
  if (schema.isMapSchema()) {
    return Object.fromEntries(
      items.flatMap(({children: [key, value]}) =>
        key === undefined || value === undefined
          ? []
          : [[key.text, valueOf(schema.getValueSchema(), value, [value])]],
      ),
    );
  }
  return schema.isStructSchema() ? structure(schema, first) : valueOfText(schema, first.text);
}
