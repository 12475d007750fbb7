import { expect, it } from 'vitest';
import { findSender } from './same-site.ts';

const OWN = 'http://localhost:3000';
const none = { fetchSite: null, origin: null, referer: null };

it.each([
  [{ ...none, fetchSite: 'same-origin', origin: OWN }, 'same'],
  [{ ...none, fetchSite: 'same-origin', origin: 'https://localhost:3000' }, 'same'],
  [{ ...none, fetchSite: 'same-origin', origin: 'https://evil.example' }, 'other'],
  [{ ...none, fetchSite: 'same-origin', origin: 'null' }, 'other'],
  [{ ...none, fetchSite: 'same-site', origin: OWN }, 'other'],
  [{ ...none, fetchSite: 'cross-site', origin: OWN }, 'other'],
  [{ ...none, fetchSite: 'none' }, 'other'],
  [{ ...none, origin: OWN }, 'same'],
  [{ ...none, origin: 'http://localhost:3001' }, 'other'],
  [{ ...none, origin: 'https://localhost:3000' }, 'other'],
  [{ ...none, origin: 'null' }, 'other'],
  [{ ...none, referer: `${OWN}/sign-in` }, 'same'],
  [{ ...none, referer: 'http://localhost:3000.evil.example/' }, 'other'],
  [{ ...none, referer: 'nonsense' }, 'other'],
  [none, 'unknown'],
] as const)('says of %o: %s', (headers, sender) => {
  expect(findSender(headers, OWN)).toBe(sender);
});
