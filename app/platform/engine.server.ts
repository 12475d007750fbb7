/** The engine of this process, started once. Web, worker and tests share it; its calls are synchronous, so they cannot overlap. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Engine } from '#engine';
import { instantiateEngine, supportsSimd } from '#engine';

let started: Promise<Engine> | null = null;

/** Rejects when `engine/build` is missing or of another ABI; the next call tries again. */
export function getEngine(): Promise<Engine> {
  started ??= start().catch((error: unknown) => {
    started = null;
    throw error;
  });
  return started;
}

async function start(): Promise<Engine> {
  const name = supportsSimd() ? 'engine.simd.wasm' : 'engine.scalar.wasm';
  return instantiateEngine(await readFile(resolve('engine/build', name)));
}
