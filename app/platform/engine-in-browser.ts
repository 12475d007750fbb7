/** The engine in the visitor's browser: fetched once from this origin, compiled while it arrives, then every calculation stays on the machine. */

import type { Engine } from '#engine';
import { instantiateEngine, supportsSimd } from '#engine';
import scalarUrl from '../../engine/build/engine.scalar.wasm?url';
import simdUrl from '../../engine/build/engine.simd.wasm?url';

const FETCH_TIMEOUT_MS = 20_000;

let started: Promise<Engine> | null = null;

/** Rejects when the module cannot be fetched or compiled; the next call tries again. */
export function loadEngine(): Promise<Engine> {
  started ??= start().catch((error: unknown) => {
    started = null;
    throw error;
  });
  return started;
}

async function start(): Promise<Engine> {
  const response = await fetch(supportsSimd() ? simdUrl : scalarUrl, { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) });
  if (!response.ok) throw new Error(`engine module: HTTP ${response.status}`);
  return instantiateEngine(await response.arrayBuffer());
}
