/** Read model of the page: the panel from the address, the market of the moment, how price and network have moved, and whether the reader may save. The list itself never comes here. */
import type { AppLoadContext } from '@remix-run/node';
import { getMarketSnapshot } from '#app/features/market/market.server.ts';
import type { MarketSnapshot } from '#app/features/market/snapshot.ts';
import type { ShippedMotion } from '#app/features/risk/estimate-motion.ts';
import { readShippedMotion } from '#app/features/risk/shipped-motion.server.ts';
import { can } from '#app/platform/permissions/can.ts';
import { parseScenarioUrl, type ScenarioForm } from './scenario-form.ts';

/** `refused`: signed in, but not as somebody who keeps lists of a workspace. */
export type Saving = { kind: 'guest' } | { kind: 'refused' } | { kind: 'allowed'; csrfToken: string };

export type BatchPage = {
  form: ScenarioForm;
  market: MarketSnapshot;
  motion: ShippedMotion;
  /** The instant the page was made, ISO 8601 UTC. */
  nowAt: string;
  saving: Saving;
};

async function readSaving({ getActor, getCsrfToken }: Pick<AppLoadContext, 'getActor' | 'getCsrfToken'>): Promise<Saving> {
  const actor = await getActor();
  if (actor.userId === null) return { kind: 'guest' };
  // Only who may save is given a token, and with it the cookie it is bound to.
  return can(actor, 'batches.write') && actor.tenantId !== null ? { kind: 'allowed', csrfToken: getCsrfToken() } : { kind: 'refused' };
}

export async function readBatchPage(url: URL, context: Pick<AppLoadContext, 'getActor' | 'getCsrfToken'>): Promise<BatchPage> {
  return {
    form: parseScenarioUrl(url.searchParams),
    market: await getMarketSnapshot(),
    motion: readShippedMotion(),
    nowAt: new Date().toISOString(),
    saving: await readSaving(context),
  };
}
