// Every journey comes from one network address, whose attempts to sign in are counted for a quarter of an hour: many journeys together would be locked out.
import { Redis } from 'ioredis';

/** Forgets what was counted by network address, and with `kinds: 'all'` by account too, in the product that the tests run against. */
export async function forgetAttempts(kinds: 'by-address' | 'all' = 'by-address'): Promise<void> {
  const { TEST_REDIS_URL } = process.env;
  if (!TEST_REDIS_URL) throw new Error('journeys are run by npm test, which starts the services for them');
  const redis = new Redis(TEST_REDIS_URL);
  try {
    const keys = await redis.keys(kinds === 'all' ? 'attempts:*' : 'attempts:*-address:*');
    if (keys.length > 0) await redis.del(...keys);
  } finally {
    redis.disconnect();
  }
}
