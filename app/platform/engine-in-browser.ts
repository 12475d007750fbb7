/** The engine's modules in the visitor's browser: each fetched once from this origin, when first asked for; then every calculation stays on the machine. */

import type { Curtailment, Engine } from '#engine';
import { instantiateCurtailment, instantiateEngine, supportsSimd } from '#engine';
import curtailmentScalarUrl from '../../engine/build/curtailment.scalar.wasm?url';
import curtailmentSimdUrl from '../../engine/build/curtailment.simd.wasm?url';
import engineScalarUrl from '../../engine/build/engine.scalar.wasm?url';
import engineSimdUrl from '../../engine/build/engine.simd.wasm?url';

const FETCH_TIMEOUT_MS = 20_000;

/** Starts a module once; when that fails the next call tries again. */
function loadOnce<Facade>(
  urls: { simd: string; scalar: string },
  instantiate: (bytes: ArrayBuffer) => Promise<Facade>,
): () => Promise<Facade> {
  let started: Promise<Facade> | null = null;
  async function load(): Promise<Facade> {
    const response = await fetch(supportsSimd() ? urls.simd : urls.scalar, { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) });
    if (!response.ok) throw new Error(`engine module: HTTP ${response.status}`);
    return instantiate(await response.arrayBuffer());
  }
  return () => {
    started ??= load().catch((error: unknown) => {
      started = null;
      throw error;
    });
    return started;
  };
}

/** Rejects when the module cannot be fetched or compiled; the next call tries again. */
export const loadEngine: () => Promise<Engine> = loadOnce({ simd: engineSimdUrl, scalar: engineScalarUrl }, instantiateEngine);

/** As `loadEngine`, for plans and shedding: 160 MiB of address space, so only a worker that plans loads it. */
export const loadCurtailment: () => Promise<Curtailment> = loadOnce(
  { simd: curtailmentSimdUrl, scalar: curtailmentScalarUrl },
  instantiateCurtailment,
);
