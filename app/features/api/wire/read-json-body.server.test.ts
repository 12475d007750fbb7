import { describe, expect, it } from 'vitest';
import { readJsonBody } from './read-json-body.server.ts';

const JSON_TYPE = { 'Content-Type': 'application/json' };

function post(body: BodyInit | null, headers: Record<string, string> = JSON_TYPE): Request {
  return new Request('http://localhost/', { method: 'POST', body, headers, ...(body instanceof ReadableStream ? { duplex: 'half' } : {}) });
}

async function refusalOf(request: Request, maxBytes = 1000) {
  const read = await readJsonBody(request, maxBytes);
  return read.kind === 'ok' ? null : read.refusal;
}

describe('readJsonBody', () => {
  it('reads JSON, with the charset written out and a byte order mark in front', async () => {
    expect(await readJsonBody(post('{"a": [1, null]}'), 1000)).toEqual({ kind: 'ok', value: { a: [1, null] } });
    for (const type of ['application/json; charset=utf-8', 'Application/JSON;charset="UTF-8"', 'application/json;']) {
      expect(await readJsonBody(post('1', { 'Content-Type': type }), 1000), type).toEqual({ kind: 'ok', value: 1 });
    }
    expect(await readJsonBody(post('\ufeff{}'), 1000)).toEqual({ kind: 'ok', value: {} });
  });

  it('refuses a field that is given twice, by name', async () => {
    expect(await refusalOf(post('{"powerW": 3500, "powerW": 3400}'))).toMatchObject({
      kind: 'malformed-body',
      faults: [{ field: 'powerW', code: 'duplicate_field', details: { line: 1, column: 18 } }],
    });
  });

  it('refuses other types, charsets and compressed bodies', async () => {
    const types = [
      '',
      'text/plain',
      'application/x-www-form-urlencoded',
      'application/json; charset=gbk',
      'application/ld+json',
      'application/jsonx',
    ];
    for (const type of types) {
      expect(await refusalOf(post('{}', { 'Content-Type': type })), type).toMatchObject({
        kind: 'unsupported-media-type',
        because: 'type',
      });
    }
    const gzip = post('{}', { ...JSON_TYPE, 'Content-Encoding': 'gzip' });
    expect(await refusalOf(gzip)).toMatchObject({ kind: 'unsupported-media-type', because: 'encoding' });
  });

  it('takes a body of exactly the limit and refuses one byte more', async () => {
    const body = `"${'x'.repeat(98)}"`;
    expect(await refusalOf(post(body), 100)).toBeNull();
    expect(await refusalOf(post(body), 99)).toEqual({ kind: 'body-too-large', maxBytes: 99 });
  });

  it('stops reading a body without a declared length at the limit', async () => {
    let pulls = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulls += 1;
        controller.enqueue(new Uint8Array(100).fill(0x20));
      },
    });
    expect(await refusalOf(post(endless), 1000)).toMatchObject({ kind: 'body-too-large' });
    // 11 chunks of 100 bytes pass the limit; a stream may be asked for one chunk ahead.
    expect(pulls).toBeLessThanOrEqual(13);
  });

  it('refuses empty bodies and bytes that are not UTF-8', async () => {
    for (const body of ['', '  \n ', null]) {
      expect(await refusalOf(post(body))).toMatchObject({ kind: 'malformed-body', faults: [{ code: 'empty_body' }] });
    }
    const invalid = new Uint8Array([0x22, 0xff, 0xfe, 0x22]);
    expect(await refusalOf(post(invalid))).toMatchObject({ kind: 'malformed-body', faults: [{ code: 'not_utf8' }] });
  });

  it('tells where a body stops being JSON', async () => {
    expect(await refusalOf(post('{"powerW": 3500,\n}'))).toMatchObject({
      kind: 'malformed-body',
      faults: [{ field: '', value: '}', code: 'not_json', details: { line: 2, column: 1, offset: 17 } }],
    });
  });

  it('names the field that holds NaN or Infinity, with its range', async () => {
    expect(await refusalOf(post('{"powerW": NaN}'))).toMatchObject({
      faults: [{ field: 'powerW', value: 'NaN', code: 'not_json_number', min: 0, max: 1e6 }],
    });
    expect(await refusalOf(post('{"rows": [{"count": -Infinity}]}'))).toMatchObject({
      faults: [{ field: 'rows[0].count', value: '-Infinity', min: 1, max: 1e6 }],
    });
  });
});
