/** The engine's modules in this process, each started once, when first asked for. Web, worker and tests share them; their calls are synchronous, so they cannot overlap. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Curtailment, Engine } from '#engine';
import { instantiateCurtailment, instantiateEngine, supportsSimd } from '#engine';

/** Starts a thing once; when that fails the next call tries again. */
function startOnce<Facade>(start: () => Promise<Facade>): () => Promise<Facade> {
  let started: Promise<Facade> | null = null;
  return () => {
    started ??= start().catch((error: unknown) => {
      started = null;
      throw error;
    });
    return started;
  };
}

function readModule(name: 'engine' | 'curtailment'): Promise<Buffer<ArrayBuffer>> {
  return readFile(resolve('engine/build', `${name}.${supportsSimd() ? 'simd' : 'scalar'}.wasm`));
}

/** Rejects when `engine/build` is missing or of another ABI; the next call tries again. */
export const getEngine: () => Promise<Engine> = startOnce(async () => instantiateEngine(await readModule('engine')));

/** As `getEngine`, for plans and shedding. */
export const getCurtailment: () => Promise<Curtailment> = startOnce(async () => instantiateCurtailment(await readModule('curtailment')));
