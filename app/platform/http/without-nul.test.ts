import { buffer } from 'node:stream/consumers';
import { createElement } from 'react';
import { renderToPipeableStream } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { createHtmlStream, withoutNul } from './without-nul.server.ts';

describe('the stream of a page', () => {
  it('sends Chinese text without zero bytes, wherever the buffers of React end', async () => {
    // Letters of one byte before the Chinese ones move the ends of the buffers through every position inside a character.
    for (const shift of ['', 'a', 'ab']) {
      const cells = Array.from({ length: 3000 }, (_, index) => createElement('td', { key: index }, `产出${shift}`));
      const stream = createHtmlStream();
      renderToPipeableStream(createElement('table', null, createElement('tbody', null, createElement('tr', null, cells)))).pipe(stream);
      const html = (await buffer(stream)).toString('utf8');
      expect(html.includes('\u0000')).toBe(false);
      expect(html.split(`产出${shift}</td>`)).toHaveLength(3001);
    }
  });

  it('passes on what has none', () => {
    const chunk = Buffer.from('回本');
    expect(withoutNul(chunk)).toBe(chunk);
    expect(withoutNul(Buffer.from([0xe5, 0, 0])).equals(Buffer.from([0xe5]))).toBe(true);
  });
});
