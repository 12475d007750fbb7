// Judges secrets that would protect a real installation. Returns reasons only: a secret's value must never
// reach a message, a log or a screen.

/** Stands in where no secret was given; only development and test accept it. */
export const DEVELOPMENT_SESSION_SECRET = 'development-only-session-secret-refused-elsewhere';

const MIN_SECRET_LENGTH = 32;
const MIN_PASSWORD_LENGTH = 12;
/** A random hexadecimal secret of 32 characters has fewer than 8 distinct ones with a chance below one in a million. */
const MIN_DISTINCT_CHARACTERS = 8;

/** Parts of placeholders in our own samples. */
const PLACEHOLDER_PARTS = ['change-me', 'changeme', 'development-only'];
const WELL_KNOWN_PASSWORDS = new Set(['postgres', 'postgresql', 'password', 'hashinsight', 'secret', 'admin', 'redis', 'timescaledb']);

function isPlaceholder(secret: string): boolean {
  const lower = secret.toLowerCase();
  return PLACEHOLDER_PARTS.some((part) => lower.includes(part));
}

/** Reason why a signing secret is unfit, or null when it will do. */
export function findSecretWeakness(secret: string): string | null {
  if (isPlaceholder(secret)) return 'is a default value; generate one with: openssl rand -hex 32';
  if (secret.length < MIN_SECRET_LENGTH) return `is too short; at least ${MIN_SECRET_LENGTH} characters are needed`;
  if (new Set(secret).size < MIN_DISTINCT_CHARACTERS) return 'repeats too few characters to be random';
  return null;
}

/** Reason why the password inside a connection URL is unfit, or null. `url` must be parseable. */
export function findUrlPasswordWeakness(url: string, { required }: { required: boolean }): string | null {
  const password = decodeURIComponent(new URL(url).password);
  if (password === '') return required ? 'has no password' : null;
  if (isPlaceholder(password) || WELL_KNOWN_PASSWORDS.has(password.toLowerCase())) return 'has a default password';
  if (password.length < MIN_PASSWORD_LENGTH)
    return `has a password that is too short; at least ${MIN_PASSWORD_LENGTH} characters are needed`;
  return null;
}
