// One spelling for what names a machine, so that two lists that mean one machine find one machine. Pure; null: not what it should be.

const HEX_DIGITS = 12;

/** "50-74-68-61-44-69", "5074.6861.4469" and "507468614469" as 50:74:68:61:44:69. */
export function normaliseMac(text: string): string | null {
  const digits = text
    .trim()
    .toLowerCase()
    .replace(/[:\-. ]/g, '');
  if (digits.length !== HEX_DIGITS || !/^[0-9a-f]+$/.test(digits)) return null;
  // All zeros and all ones are what a machine says that does not know its own.
  if (/^(?:0+|f+)$/.test(digits)) return null;
  return (digits.match(/../g) ?? []).join(':');
}

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/;
const IPV6 = /^(?=.*:.*:)[0-9a-f:]{2,39}$/;
/** Labels of RFC 1123. A name of digits and dots alone is a mistyped address. */
const NAME = /^(?=.{1,253}$)(?!(?:\d+\.?)+$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)*$/;

/** An IPv4 or IPv6 address or a name, in lower case. */
export function normaliseHost(text: string): string | null {
  const host = text.trim().toLowerCase();
  return IPV4.test(host) || IPV6.test(host) || NAME.test(host) ? host : null;
}

/** Makers print letters of serial numbers in capitals; people type them as they like. Null: empty. */
export function normaliseSerial(text: string): string | null {
  const serial = text.trim().replace(/\s+/g, ' ').toUpperCase();
  return serial === '' ? null : serial;
}

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** A day that there is, as YYYY-MM-DD. */
export function normaliseDay(text: string): string | null {
  const day = text.trim();
  if (!DAY.test(day)) return null;
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day) ? day : null;
}

/** Without blanks around and doubles, in the order given. */
export function normaliseTags(tags: readonly string[]): string[] {
  return [...new Set(tags.map((tag) => tag.trim()).filter((tag) => tag !== ''))];
}
