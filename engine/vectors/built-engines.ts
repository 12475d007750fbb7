/** Both builds of both modules for tests in Node, from where scripts/build-engine.mjs puts them. */
import { readFileSync } from 'node:fs';
import type { Curtailment, Engine } from '../host/index.ts';
import { instantiateCurtailment, instantiateEngine } from '../host/index.ts';

export const BUILD_NAMES = ['simd', 'scalar'] as const;
export type BuildName = (typeof BUILD_NAMES)[number];
export const MODULE_NAMES = ['engine', 'curtailment'] as const;
export type ModuleName = (typeof MODULE_NAMES)[number];

/** The bytes of one build. Throws when the engine has not been built. */
export function readBuild(module: ModuleName, name: BuildName): Buffer<ArrayBuffer> {
  return readFileSync(new URL(`../build/${module}.${name}.wasm`, import.meta.url));
}

/** A fresh instance of one build. */
export function loadBuild(name: BuildName): Promise<Engine> {
  return instantiateEngine(readBuild('engine', name));
}

/** A fresh instance of one build. */
export function loadCurtailment(name: BuildName): Promise<Curtailment> {
  return instantiateCurtailment(readBuild('curtailment', name));
}
