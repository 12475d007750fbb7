import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  type ChainLink,
  type ChainVerdict,
  computeLinkHash,
  createChainVerifier,
  GENESIS_HASH,
  parseChainLine,
  toChainLine,
} from './chain.server.ts';

const CHAIN = 'chain-a';

function aChain(length: number, chainId = CHAIN): ChainLink[] {
  const links: ChainLink[] = [];
  for (let seq = 1; seq <= length; seq += 1) {
    const previousHash = links.at(-1)?.hash ?? GENESIS_HASH;
    const body = `{"action":"settings.change","number":${seq},"tenantId":"${chainId}"}`;
    links.push({ seq, previousHash, body, hash: computeLinkHash({ previousHash, seq, body }) });
  }
  return links;
}

function verify(links: readonly ChainLink[], known?: { seq: number; hash: string }): ChainVerdict {
  const verifier = createChainVerifier(CHAIN);
  for (const link of links) verifier.take(link);
  return verifier.finish(known);
}

function swapped<T>(list: readonly T[], a: number, b: number): T[] {
  return list.map((item, index) => (index === a ? list[b]! : index === b ? list[a]! : item));
}

describe('computeLinkHash', () => {
  it('is SHA-256 over previous hash, number and body, a line each', () => {
    const expected = createHash('sha256').update(`${GENESIS_HASH}\n1\n{"a":"回本"}`).digest('hex');
    expect(computeLinkHash({ previousHash: GENESIS_HASH, seq: 1, body: '{"a":"回本"}' })).toBe(expected);
  });
});

describe('a chain', () => {
  it('of any length is intact as it was written', () => {
    for (const length of [0, 1, 2, 50]) {
      const links = aChain(length);
      expect(verify(links)).toEqual({ kind: 'intact', count: length, head: { seq: length, hash: links.at(-1)?.hash ?? GENESIS_HASH } });
    }
  });

  it('breaks where one event was changed', () => {
    const links = aChain(5);
    const tampered = links.map((link) => (link.seq === 3 ? { ...link, body: link.body.replace('"number":3', '"number":9') } : link));
    expect(verify(tampered)).toEqual({ kind: 'broken', count: 2, first: { seq: 3, because: 'changed' } });
  });

  it('breaks after an event that was changed together with its hash', () => {
    const links = aChain(5);
    const tampered = links.map((link) => {
      if (link.seq !== 3) return link;
      const body = link.body.replace('"number":3', '"number":9');
      return { ...link, body, hash: computeLinkHash({ ...link, body }) };
    });
    expect(verify(tampered)).toEqual({ kind: 'broken', count: 3, first: { seq: 4, because: 'unlinked' } });
  });

  it('breaks where one is gone, the first included', () => {
    const links = aChain(5);
    expect(verify(links.filter(({ seq }) => seq !== 3))).toEqual({ kind: 'broken', count: 2, first: { seq: 3, because: 'missing' } });
    expect(verify(links.slice(1))).toEqual({ kind: 'broken', count: 0, first: { seq: 1, because: 'missing' } });
  });

  it('breaks where two changed places, and where one stands twice', () => {
    const links = aChain(5);
    expect(verify(swapped(links, 1, 2))).toMatchObject({ first: { seq: 2, because: 'missing' } });
    const renumbered = swapped(links, 1, 2).map((link, index) => ({ ...link, seq: index + 1 }));
    expect(verify(renumbered)).toMatchObject({ first: { seq: 2, because: 'changed' } });
    expect(verify([...links.slice(0, 2), links[1]!, ...links.slice(2)])).toMatchObject({ first: { seq: 3, because: 'misplaced' } });
  });

  it('breaks where an event of another chain was put in', () => {
    const foreign = aChain(1, 'chain-b');
    expect(verify(foreign)).toMatchObject({ first: { seq: 1, because: 'foreign' } });
  });

  it('that ends early is told by whoever remembers its end', () => {
    const links = aChain(5);
    const head = { seq: 5, hash: links[4]!.hash };
    expect(verify(links.slice(0, 3))).toMatchObject({ kind: 'intact' });
    expect(verify(links.slice(0, 3), head)).toEqual({ kind: 'broken', count: 3, first: { seq: 4, because: 'cut-off' } });
    expect(verify(links, { seq: 5, hash: 'f'.repeat(64) })).toMatchObject({ first: { because: 'changed' } });
    expect(verify(links, head)).toMatchObject({ kind: 'intact' });
  });
});

describe('a line of a file', () => {
  it('gives the event back, whatever a tool did to its spaces and the order of its keys', () => {
    const [link] = aChain(1);
    expect(parseChainLine(toChainLine(link!))).toEqual(link);
    const { seq, ...rest } = JSON.parse(toChainLine(link!));
    expect(parseChainLine(JSON.stringify({ ...rest, seq }, null, 2))).toEqual(link);
  });

  it('that was cut or is something else is no event', () => {
    const line = toChainLine(aChain(1)[0]!);
    for (const text of [
      '',
      'null',
      '{}',
      '[]',
      line.slice(0, 40),
      line.replace('"seq":1', '"seq":"1"'),
      line.replace('"seq":1', '"seq":1.5'),
    ]) {
      expect(parseChainLine(text), text).toBeNull();
    }
  });
});
