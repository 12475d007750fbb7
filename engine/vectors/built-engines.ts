/** Both builds of the engine for tests in Node, from where `npm run build:engine` puts them. */
import { readFileSync } from 'node:fs';
import type { Engine } from '../host/index.ts';
import { instantiateEngine } from '../host/index.ts';

export const BUILD_NAMES = ['simd', 'scalar'] as const;
export type BuildName = (typeof BUILD_NAMES)[number];

/** The bytes of one build. Throws when the engine has not been built. */
export function readBuild(name: BuildName): Buffer<ArrayBuffer> {
  return readFileSync(new URL(`../build/engine.${name}.wasm`, import.meta.url));
}

/** A fresh instance of one build. */
export function loadBuild(name: BuildName): Promise<Engine> {
  return instantiateEngine(readBuild(name));
}
