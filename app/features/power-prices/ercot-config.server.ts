/** Whether and how the installation asks ERCOT's public API. */
import { getMarketConfig } from '#app/features/market/market-config.server.ts';
import { getSitesDeps, type SitesDeps } from '#app/features/sites/scope.server.ts';
import { getEnv } from '#app/platform/env.server.ts';
import { findServiceUrl } from '#collectors/market/market-sources.ts';
import type { ErcotAddresses, ErcotLogin } from '#collectors/market/power/ercot-api.ts';

export type ErcotConfig = { addresses: ErcotAddresses; login: ErcotLogin };

/** `null`: the subscription key, the user name or the password is missing, and nothing is asked. */
export function findErcotConfig(): ErcotConfig | null {
  const { MARKET_ERCOT_KEY: subscriptionKey, MARKET_ERCOT_USER: username, MARKET_ERCOT_PASSWORD: password } = getEnv();
  if (!subscriptionKey || !username || !password) return null;
  const config = getMarketConfig();
  const addresses = { apiUrl: findServiceUrl(config, 'ercot'), tokenUrl: findServiceUrl(config, 'ercot-sign-in') };
  return { addresses, login: { subscriptionKey, username, password } };
}

export type PowerDeps = SitesDeps & {
  /** Whether the installation may ask ERCOT's API. */
  hasErcotKey: boolean;
};

export const getPowerDeps = (): PowerDeps => ({ ...getSitesDeps(), hasErcotKey: findErcotConfig() !== null });
