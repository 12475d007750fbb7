/**
 * EIP-4361 against the vectors of its reference implementation. The files lie beside the project and are not part of it; in CI their
 * absence is a failure.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { secp256k1 } from '@noble/curves/secp256k1.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { describe, expect, it } from 'vitest';
import { findSiweRefusal, formatSiweMessage, parseSiweMessage, type SiweMessage } from './siwe-message.ts';
import { hasAddressChecksum, recoverSigner, toChecksumAddress } from './siwe-signature.server.ts';

const folder = `${process.env.SHARED_DATA_DIR ?? fileURLToPath(new URL('../../../../../shared/data', import.meta.url))}/siwe`;
const NONE = { scheme: null, statement: null, expirationTime: null, notBefore: null, requestId: null, resources: null };

const parse = (text: string) => parseSiweMessage(text, hasAddressChecksum);

/** What the sign-in does, in the same order: grammar, terms, signature. */
function isAccepted(text: string, signature: string, expected: { domain: string; nonce: string; now: Date }): boolean {
  const message = parse(text);
  if (message === null || findSiweRefusal(message, { ...expected, chainIds: [1] }) !== null) return false;
  return recoverSigner(text, signature) === message.address;
}

const aMessage = (changes: Partial<SiweMessage> = {}): SiweMessage => ({
  ...NONE,
  domain: 'hashinsight.example',
  address: '0x9D85ca56217D2bb651b00f15e694EB7E713637D4',
  uri: 'https://hashinsight.example/sign-in',
  version: '1',
  chainId: 1,
  nonce: 'bTyXgcQxn2htgkjJn',
  issuedAt: '2026-01-27T17:09:38.578Z',
  ...changes,
});

describe('a sign-in message', () => {
  it('is read back as it was written, with everything or with the least', () => {
    const full = aMessage({
      scheme: 'https',
      statement: 'Sign in to HashInsight.',
      expirationTime: '2026-01-27T17:19:38Z',
      notBefore: '2026-01-27T17:09:38+08:00',
      requestId: 'a-1',
      resources: ['https://hashinsight.example/terms'],
    });
    for (const message of [full, aMessage(), aMessage({ resources: [] })]) expect(parse(formatSiweMessage(message))).toEqual(message);
  });

  it.each([
    ['an address without its check sum', formatSiweMessage(aMessage({ address: '0x9d85ca56217d2bb651b00f15e694eb7e713637d4' }))],
    ['a day that the calendar does not have', formatSiweMessage(aMessage({ issuedAt: '2026-02-31T17:09:38Z' }))],
    ['a nonce of seven characters', formatSiweMessage(aMessage({ nonce: 'a234567' }))],
    ['a nonce with a sign in it', formatSiweMessage(aMessage({ nonce: 'a2345678-9' }))],
    ['chain 0', formatSiweMessage(aMessage({ chainId: 0 }))],
    ['a line after its end', `${formatSiweMessage(aMessage())}\n`],
    ['Windows line ends', formatSiweMessage(aMessage()).replaceAll('\n', '\r\n')],
    ['a second domain', formatSiweMessage(aMessage({ domain: 'evil.example wants you to sign in and hashinsight.example' }))],
    ['more than a person reads', formatSiweMessage(aMessage({ statement: 'a'.repeat(4_000) }))],
    ['nothing', ''],
  ])('with %s is refused', (_case, text) => {
    expect(parse(text)).toBeNull();
  });
});

describe('findSiweRefusal', () => {
  const expected = { domain: 'hashinsight.example', nonce: 'bTyXgcQxn2htgkjJn', chainIds: [1], now: new Date('2026-01-27T17:10:00Z') };

  it('takes a message for this site, this nonce, this chain and this moment', () => {
    expect(findSiweRefusal(aMessage(), expected)).toBeNull();
  });

  it('refuses each of them when it is another', () => {
    expect(findSiweRefusal(aMessage({ domain: 'hashinsight.example:8443' }), expected)).toBe('domain');
    expect(findSiweRefusal(aMessage({ nonce: 'bTyXgcQxn2htgkjJN' }), expected)).toBe('nonce');
    expect(findSiweRefusal(aMessage({ chainId: 5 }), expected)).toBe('chain');
  });

  it('counts the moment of not before and no longer that of expiration', () => {
    expect(findSiweRefusal(aMessage({ notBefore: '2026-01-27T17:10:00Z' }), expected)).toBeNull();
    expect(findSiweRefusal(aMessage({ notBefore: '2026-01-27T17:10:01Z' }), expected)).toBe('time');
    expect(findSiweRefusal(aMessage({ expirationTime: '2026-01-27T17:10:00Z' }), expected)).toBe('time');
    expect(findSiweRefusal(aMessage({ expirationTime: '2026-01-28T01:10:01+08:00' }), expected)).toBeNull();
  });
});

describe('recoverSigner', () => {
  it('finds the key of a signature made here, and another one when a letter of the text differs', () => {
    // The key 1: its address is known from many examples.
    const key = new Uint8Array(32);
    key[31] = 1;
    const text = 'quiet harbour';
    const prefixed = new TextEncoder().encode(`\x19Ethereum Signed Message:\n${text.length}${text}`);
    const signature = signPersonal(prefixed, key);
    expect(recoverSigner(text, signature)).toBe('0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf');
    expect(recoverSigner('quiet harboux', signature)).not.toBe('0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf');
  });

  it.each([
    '',
    '0x',
    `0x${'00'.repeat(65)}`,
    `0x${'ff'.repeat(65)}`,
    `0x${'11'.repeat(64)}`,
    'not hexadecimal',
  ])('finds nobody for %s', (signature) => {
    expect(recoverSigner('quiet harbour', signature)).toBeNull();
  });
});

function signPersonal(prefixed: Uint8Array, key: Uint8Array): string {
  const bytes = secp256k1.sign(keccak_256(prefixed), key, { prehash: false, format: 'recovered' });
  const hex = Buffer.from([...bytes.slice(1), bytes[0]! + 27]).toString('hex');
  return `0x${hex}`;
}

if (!existsSync(folder)) {
  it('found no shared data: the published EIP-4361 vectors were not compared (a failure in CI)', () => {
    console.info(`shared data is absent: ${folder}`);
    expect(process.env.CI).not.toBe('true');
  });
} else {
  const read = <T>(name: string) => Object.entries(JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8')) as Record<string, T>);
  type Vector = SiweMessage & { signature: string; time?: string; domainBinding?: string; matchNonce?: string };

  describe('the published vectors', () => {
    it.each(read<{ message: string; fields: Partial<SiweMessage> }>('parsing_positive'))('read: %s', (name, { message, fields }) => {
      const parsed = parse(message);
      expect(parsed).not.toBeNull();
      // One vector repeats the statement of another in its fields although its message has none.
      const { statement, ...certain } = fields;
      expect(parsed).toMatchObject(message.includes(`\n${statement}\n`) ? fields : certain);
      expect(formatSiweMessage(parsed!), name).toBe(message);
    });

    it.each(read<string>('parsing_negative'))('refused: %s', (_name, message) => {
      expect(parse(message)).toBeNull();
    });

    it.each(read<Partial<SiweMessage>>('parsing_negative_objects'))('refused once written: %s', (_name, fields) => {
      expect(parse(formatSiweMessage({ ...NONE, domain: '', ...fields } as SiweMessage))).toBeNull();
    });

    const toText = (vector: Vector) => formatSiweMessage({ ...NONE, ...vector });
    const toExpected = ({ domain, nonce, domainBinding, matchNonce, time }: Vector) => ({
      domain: domainBinding ?? domain,
      nonce: matchNonce ?? nonce,
      now: new Date(time ?? '2022-06-30T14:08:51.382Z'),
    });

    it.each(read<Vector>('verification_positive'))('accepted: %s', (_name, vector) => {
      expect(isAccepted(toText(vector), vector.signature, toExpected(vector))).toBe(true);
    });

    it.each(read<Vector>('verification_negative'))('not accepted: %s', (_name, vector) => {
      expect(isAccepted(toText(vector), vector.signature, toExpected(vector))).toBe(false);
    });

    it.each(read<{ message: string; signature: string }>('eip1271'))('not accepted, because a contract signs: %s', (_name, {
      message,
      signature,
    }) => {
      const { domain, nonce } = parse(message)!;
      expect(isAccepted(message, signature, { domain, nonce, now: new Date('2022-04-19T18:56:00Z') })).toBe(false);
    });
  });
}

it('writes the check sum of an address (examples of EIP-55)', () => {
  for (const address of ['0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed', '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359']) {
    expect(toChecksumAddress(address.toLowerCase())).toBe(address);
    expect(hasAddressChecksum(address.toLowerCase())).toBe(false);
  }
});
