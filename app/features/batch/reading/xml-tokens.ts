/**
 * XML as workbooks write it, in pieces of any size: tags and texts, namespace prefixes taken off. No DTD is read, so there is nothing to
 * expand and nothing outside to fetch; one tag or text has a bounded length. Not a general parser: it does not check nesting.
 */

import { toStorable } from '#app/platform/storable-text.ts';
import { MAX_XML_TOKEN_LENGTH } from './limits.ts';
import { UnreadableFile } from './unreadable-file.ts';

export type XmlHandlers = {
  /** `attributes`: the text between the name and the end of the tag, for `readAttribute`. */
  open(name: string, attributes: string): void;
  /** Also after an element without content. */
  close(name: string): void;
  text(text: string): void;
};

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const MAX_CODE_POINT = 0x10ffff;

function decodeEntity(whole: string, name: string): string {
  if (!name.startsWith('#')) return Object.hasOwn(ENTITIES, name) ? ENTITIES[name]! : whole;
  const code = name[1] === 'x' || name[1] === 'X' ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  return code >= 0 && code <= MAX_CODE_POINT ? toStorable(String.fromCodePoint(code)) : whole;
}

function decodeEntities(text: string): string {
  return text.includes('&') ? text.replace(/&(#?\w+);/g, decodeEntity) : text;
}

const SPACE = /\s/;

/** Value of an attribute, `null` when the tag has none of that name (prefixes count: "r:id" is not "id"). */
export function readAttribute(attributes: string, name: string): string | null {
  for (let at = attributes.indexOf(name); at >= 0; at = attributes.indexOf(name, at + 1)) {
    if (at > 0 && !SPACE.test(attributes[at - 1]!)) continue;
    let next = at + name.length;
    while (next < attributes.length && SPACE.test(attributes[next]!)) next++;
    if (attributes[next] !== '=') continue;
    next++;
    while (next < attributes.length && SPACE.test(attributes[next]!)) next++;
    const quote = attributes[next];
    if (quote !== '"' && quote !== "'") continue;
    const end = attributes.indexOf(quote, next + 1);
    return end < 0 ? null : decodeEntities(attributes.slice(next + 1, end));
  }
  return null;
}

function toLocalName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

/** Where a tag ends: the first ">" outside of quotes, -1 when it is not there yet. O(length), whatever the tag holds. */
function findTagEnd(text: string, start: number): number {
  const marks = /[>"']/g;
  marks.lastIndex = start;
  for (let mark = marks.exec(text); mark !== null; mark = marks.exec(text)) {
    if (mark[0] === '>') return mark.index;
    const closing = text.indexOf(mark[0], mark.index + 1);
    if (closing < 0) return -1;
    marks.lastIndex = closing + 1;
  }
  return -1;
}

export function createXmlTokens(handlers: XmlHandlers) {
  let rest = '';

  const openOrClose = (tag: string): void => {
    if (tag.startsWith('/')) {
      handlers.close(toLocalName(tag.slice(1).trim()));
      return;
    }
    const isEmpty = tag.endsWith('/');
    const inner = isEmpty ? tag.slice(0, -1) : tag;
    const space = inner.search(SPACE);
    const name = toLocalName(space < 0 ? inner : inner.slice(0, space));
    handlers.open(name, space < 0 ? '' : inner.slice(space));
    if (isEmpty) handlers.close(name);
  };

  /** Handles what begins with "<" at `at`; the place after it, or -1 when its end is not there yet. */
  const takeMarkup = (at: number): number => {
    const second = rest[at + 1];
    if (second === undefined) return -1;
    if (second === '?') return endAfter('?>', at);
    if (second !== '!') {
      const end = findTagEnd(rest, at + 1);
      if (end < 0) return -1;
      openOrClose(rest.slice(at + 1, end));
      return end + 1;
    }
    const start = rest.slice(at, at + '<![CDATA['.length);
    if (start.startsWith('<!--')) return endAfter('-->', at);
    if (start === '<![CDATA[') {
      const end = rest.indexOf(']]>', at);
      if (end < 0) return -1;
      handlers.text(rest.slice(at + start.length, end));
      return end + ']]>'.length;
    }
    if ('<!--'.startsWith(start) || '<![CDATA['.startsWith(start)) return -1;
    throw new UnreadableFile('damaged');
  };

  const endAfter = (mark: string, at: number): number => {
    const end = rest.indexOf(mark, at);
    return end < 0 ? -1 : end + mark.length;
  };

  return {
    push(text: string): void {
      rest += text;
      let at = 0;
      while (at < rest.length) {
        if (rest[at] === '<') {
          const next = takeMarkup(at);
          if (next < 0) break;
          at = next;
          continue;
        }
        const end = rest.indexOf('<', at);
        if (end < 0) break;
        handlers.text(decodeEntities(rest.slice(at, end)));
        at = end;
      }
      rest = rest.slice(at);
      if (rest.length > MAX_XML_TOKEN_LENGTH) throw new UnreadableFile('damaged');
    },
    /** Throws `UnreadableFile` when the text ends inside a tag. */
    end(): void {
      if (rest.trim() !== '') throw new UnreadableFile('damaged');
    },
  };
}
