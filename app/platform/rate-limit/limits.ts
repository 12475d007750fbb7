// The one table of how often whom may ask for what (decision 0073). Pure.

/**
 * What a request costs us or whom it could harm. `light`: pages, readings and single calculations. `heavy`: batches, simulations, plans, files of prices.
 * `credentials`: anything that tries a password, a code or a link. `write`: every other form. `report`: what browsers send on their own.
 */
export const RATE_CLASSES = ['light', 'heavy', 'credentials', 'write', 'report'] as const;
export type RateClass = (typeof RATE_CLASSES)[number];

/** Who is counted. An address stands for everybody behind it, so it gets more than one account. */
export type RateSubject = 'address' | 'account' | 'token';

/** Every limit counts within this span, which slides. */
export const WINDOW_S = 60;

/** Requests within WINDOW_S. */
export const RATE_LIMITS: Readonly<Record<RateClass, Readonly<Record<RateSubject, number>>>> = {
  light: { address: 1_200, account: 600, token: 600 },
  heavy: { address: 120, account: 120, token: 120 },
  credentials: { address: 60, account: 20, token: 20 },
  write: { address: 240, account: 120, token: 120 },
  report: { address: 60, account: 60, token: 60 },
};

/** When nobody can count (Redis is down): computing on a guest's own figures goes on, whatever could try secrets or change rows waits. */
export const GOES_ON_UNCOUNTED: Readonly<Record<RateClass, boolean>> = {
  light: true,
  heavy: true,
  credentials: false,
  write: false,
  report: false,
};

type Asked = { method: string; path: string };

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);
const HEAVY = [
  /^\/api\/v1\/roi\/batch$/,
  /^\/api\/v1\/risk$/,
  /^\/api\/v1\/forecasts$/,
  /^\/api\/v1\/curtailment\//,
  /^\/api\/v1\/power-prices\/[^/]+\/files$/,
  /^\/api\/v1\/reports$/,
  /^\/reports(?:\/|$)/,
];
/** Pages and API of accounts that take a secret or send a message. */
const CREDENTIALS = /^\/(?:api\/v1\/token|sign-in|sign-up|sign-out|reset|verify|invitation|profile|security|workspaces)(?:[/.-]|$)/;
const FREE = [/^\/healthz$/, /^\/assets\//, /^\/favicon\./];

/** Null: not counted. Unknown addresses are `light` or `write`: nothing escapes by being new. */
export function classifyRequest({ method, path }: Asked): RateClass | null {
  if (FREE.some((pattern) => pattern.test(path))) return null;
  if (path === '/csp-report') return 'report';
  const plain = toPlainPath(path);
  if (READS.has(method)) return 'light';
  if (HEAVY.some((pattern) => pattern.test(plain))) return 'heavy';
  if (CREDENTIALS.test(plain)) return 'credentials';
  return plain.startsWith('/api/v1/') ? 'light' : 'write';
}

/**
 * One spelling for what the router takes as one address: it knows no case, no percent signs and no slash at the end. Navigation inside the page asks
 * for the same loaders and actions under `.data`. Addresses that cannot be decoded were refused before.
 */
function toPlainPath(path: string): string {
  return decodeURIComponent(path)
    .toLowerCase()
    .replace(/\/+$/, '')
    .replace(/\.data$/, '')
    .replace(/\/+$/, '');
}

/** IPv6 customers hold a /64: counted by the whole of it, or one person had 2^64 addresses. IPv4 in IPv6 form is IPv4. */
export function toAddressSubject(address: string): string {
  const v4 = /^(?:::ffff:)?(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(address)?.[1];
  if (v4 !== undefined) return v4;
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.toLowerCase().split('%', 1).join('').split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  const groups = [...before, ...Array<string>(zeros).fill('0'), ...after];
  return `${groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
