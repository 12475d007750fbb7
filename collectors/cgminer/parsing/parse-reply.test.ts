import { describe, expect, it } from 'vitest';
import { isWholeDocument, parseReply, splitJoined } from './parse-reply.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('parseReply', () => {
  it.each([
    ['a list', '{"STATUS":[{"STATUS":"S","Code":11}],"SUMMARY":[{}]}'],
    ['an object', '{"STATUS":{"STATUS":"I"},"STATS":[]}'],
    ['a letter', '{"STATUS":"S","Code":131,"Msg":{}}'],
    ['the code of Whatsminer API v3', '{"code":0,"msg":{}}'],
    ['nothing', '{"SUMMARY":[{}]}'],
    ['a malformed reply', '{"STATUS":[{"STATUS":"S"}],"STATS":[{}{}],}\0'],
  ])('takes a reply whose status is %s', (_, text) => {
    expect(parseReply(bytes(text)).kind).toBe('reply');
  });

  it.each([
    ['{"STATUS":[{"STATUS":"E","Code":14,"Msg":"Invalid command"}],"id":1}', 'Invalid command (code 14)', 14],
    ['{"STATUS":"E","When":1,"Code":14,"Msg":"invalid cmd","Description":"whatsminer v1.1"}', 'invalid cmd (code 14)', 14],
    ['{"STATUS":[{"STATUS":"F","Msg":"a\\u001b[31mb"}]}', 'a [31mb', null],
    ['{"code":-4,"msg":"no permission","desc":"x"}', 'no permission (code -4)', -4],
    ['{"STATUS":{"STATUS":"E"}}', 'no reason given', null],
  ])('tells a refusal from a reply: %s', (text, detail, code) => {
    expect(parseReply(bytes(text))).toMatchObject({ kind: 'denied', detail, code });
  });

  it.each(['', '\0', '[]', 'null', '"text"', '{"STATUS":[{"STATUS":"S"', 'Socket error', '\xff\xfe'])('calls %j garbled', (text) => {
    expect(parseReply(bytes(text)).kind).toBe('garbled');
  });
});

describe('isWholeDocument', () => {
  it('believes a correct document only, not one that repair would complete', () => {
    expect(isWholeDocument(bytes('{"a":1}'))).toBe(true);
    expect(isWholeDocument(bytes('{"a":[{}{}]}'))).toBe(false);
    expect(isWholeDocument(bytes('{"a":1'))).toBe(false);
    expect(isWholeDocument(bytes(''))).toBe(false);
  });
});

describe('splitJoined', () => {
  it('gives each command its own answer, refusals included, and leaves out what did not come', () => {
    const body = { summary: [{ SUMMARY: [{}] }], temps: [{ STATUS: [{ STATUS: 'E', Code: 14, Msg: 'no' }] }], id: 1 };
    expect(splitJoined(body, ['summary', 'temps', 'pools'])?.map(({ command, reply }) => [command, reply.kind])).toEqual([
      ['summary', 'reply'],
      ['temps', 'denied'],
    ]);
  });

  it('says when the firmware answered something else', () => {
    expect(splitJoined({ STATUS: [{ STATUS: 'S' }], SUMMARY: [{}] }, ['summary', 'pools'])).toBeNull();
  });
});
