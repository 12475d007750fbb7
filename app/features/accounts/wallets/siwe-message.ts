// Sign-in messages of Ethereum wallets (EIP-4361, "Sign-In with Ethereum"): read and written here, strictly by the grammar of the standard. Whoever signs
// sees this text in the wallet, so nothing may hide in it. Pure; who signed it is siwe-signature.server.ts.

export type SiweMessage = {
  /** Null: the message names none. */
  scheme: string | null;
  /** RFC 3986 authority: host with an optional port. */
  domain: string;
  /** With the capitals of EIP-55, which are its check sum. */
  address: string;
  statement: string | null;
  uri: string;
  version: '1';
  chainId: number;
  nonce: string;
  /** RFC 3339, as written: the text is what was signed. */
  issuedAt: string;
  expirationTime: string | null;
  notBefore: string | null;
  requestId: string | null;
  resources: readonly string[] | null;
};

/** Longer than any message a person reads. */
const MAX_CHARACTERS = 4_000;

const FIRST_LINE = /^(?:([A-Za-z][A-Za-z0-9+.-]*):\/\/)?(\S+) wants you to sign in with your Ethereum account:$/;
const AUTHORITY = /^(?:[\w.~!$&'()*+,;=:%-]+@)?(?:\[[0-9A-Fa-f:.]+\]|(?:[\w.~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+)(?::\d{0,5})?$/;
const ADDRESS = /^0x[0-9A-Fa-f]{40}$/;
const STATEMENT = /^[\x20-\x7e]+$/;
const URI = /^[A-Za-z][A-Za-z0-9+.-]*:(?:[\w.~:/?#[\]@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})+$/;
const CHAIN_ID = /^[1-9]\d{0,14}$/;
const NONCE = /^[A-Za-z0-9]{8,100}$/;
const REQUEST_ID = /^(?:[\w.~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})*$/;
const INSTANT = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d{1,9})?(?:Z|[+-](\d{2}):(\d{2}))$/;

/** RFC 3339 with a day that the calendar has; `Date` would move 31 February into March. */
export function isInstant(text: string): boolean {
  const match = INSTANT.exec(text);
  if (match === null) return false;
  const [year, month, day, hour, minute, second, offsetHour, offsetMinute] = match.slice(1).map((digits) => Number(digits ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const daysInMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return (
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysInMonth &&
    hour < 24 &&
    minute < 60 &&
    second < 60 &&
    offsetHour < 24 &&
    offsetMinute < 60
  );
}

const isUri = (text: string) => URI.test(text) && URL.canParse(text);

/** Null: not a message of the standard. `hasCheckSum` judges the capitals of the address (EIP-55). */
export function parseSiweMessage(text: string, hasCheckSum: (address: string) => boolean): SiweMessage | null {
  if (text.length > MAX_CHARACTERS) return null;
  const lines = text.split('\n');
  const take = () => lines.shift();
  const [, scheme = null, domain] = FIRST_LINE.exec(take() ?? '') ?? [];
  const address = take() ?? '';
  if (domain === undefined || !AUTHORITY.test(domain) || !ADDRESS.test(address) || !hasCheckSum(address)) return null;

  if (take() !== '') return null;
  const statement = lines[0] === '' ? null : (take() ?? '');
  if ((statement !== null && !STATEMENT.test(statement)) || take() !== '') return null;

  /** The next line when it begins so; null when it does not. */
  const takeField = (name: string): string | null => (lines[0]?.startsWith(`${name}: `) ? (take() ?? '').slice(name.length + 2) : null);
  const uri = takeField('URI');
  const version = takeField('Version');
  const chainId = takeField('Chain ID');
  const nonce = takeField('Nonce');
  const issuedAt = takeField('Issued At');
  if (uri === null || version !== '1' || chainId === null || nonce === null || issuedAt === null) return null;
  if (!isUri(uri) || !CHAIN_ID.test(chainId) || !NONCE.test(nonce) || !isInstant(issuedAt)) return null;

  const expirationTime = takeField('Expiration Time');
  const notBefore = takeField('Not Before');
  const requestId = takeField('Request ID');
  if ([expirationTime, notBefore].some((time) => time !== null && !isInstant(time))) return null;
  if (requestId !== null && !REQUEST_ID.test(requestId)) return null;

  const resources = lines[0] === 'Resources:' ? lines.splice(0).slice(1) : null;
  if (lines.length > 0 || resources?.some((line) => !line.startsWith('- ') || !isUri(line.slice(2)))) return null;
  return {
    scheme,
    domain,
    address,
    statement,
    uri,
    version,
    chainId: Number(chainId),
    nonce,
    issuedAt,
    expirationTime,
    notBefore,
    requestId,
    resources: resources?.map((line) => line.slice(2)) ?? null,
  };
}

/** The text that the wallet shows and signs. */
export function formatSiweMessage(message: SiweMessage): string {
  const { scheme, domain, address, statement, resources } = message;
  const optional = [
    ['Expiration Time', message.expirationTime],
    ['Not Before', message.notBefore],
    ['Request ID', message.requestId],
  ].flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]));
  return [
    `${scheme === null ? '' : `${scheme}://`}${domain} wants you to sign in with your Ethereum account:`,
    address,
    '',
    ...(statement === null ? [] : [statement]),
    '',
    `URI: ${message.uri}`,
    `Version: ${message.version}`,
    `Chain ID: ${message.chainId}`,
    `Nonce: ${message.nonce}`,
    `Issued At: ${message.issuedAt}`,
    ...optional,
    ...(resources === null ? [] : ['Resources:', ...resources.map((resource) => `- ${resource}`)]),
  ].join('\n');
}

export type SiweExpectation = {
  /** Our own host with its port: a message for another site that was talked out of somebody opens nothing here. */
  domain: string;
  nonce: string;
  chainIds: readonly number[];
  now: Date;
};

/** `time`: too early or too late. */
export type SiweRefusal = 'domain' | 'nonce' | 'chain' | 'time';

/** Null: the message is for us, now. Times are `[not before, expiration)`. */
export function findSiweRefusal(message: SiweMessage, { domain, nonce, chainIds, now }: SiweExpectation): SiweRefusal | null {
  if (message.domain.toLowerCase() !== domain.toLowerCase()) return 'domain';
  if (message.nonce !== nonce) return 'nonce';
  if (!chainIds.includes(message.chainId)) return 'chain';
  if (message.expirationTime !== null && now >= new Date(message.expirationTime)) return 'time';
  if (message.notBefore !== null && now < new Date(message.notBefore)) return 'time';
  return null;
}
