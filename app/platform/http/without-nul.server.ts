// What a page is written through on its way out. React 18 fills buffers of 2 kB; when a character of several bytes does not fit into
// the rest of one, it sends the buffer whole, with one or two zero bytes at its end (facebook/react issue 24985). Browsers show such a
// byte as U+FFFD and the text no longer equals the one in the browser. HTML never contains a zero byte, so they are taken out.
import { Transform } from 'node:stream';

/** The same bytes without zeros; the same buffer when it has none. */
export function withoutNul(chunk: Buffer): Buffer {
  return chunk.includes(0) ? (chunk.filter((byte) => byte !== 0) as Buffer) : chunk;
}

export function createHtmlStream(): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      done(null, withoutNul(chunk));
    },
  });
}
