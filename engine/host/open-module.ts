/** For the engine's own tests and benchmarks: the raw exports of a built module, behind the facade's back. */
import { readFileSync } from 'node:fs';
import type { WasmExports } from './wasm-exports.ts';

export function openModule(build: 'simd' | 'scalar'): WasmExports {
  const module = new WebAssembly.Module(readFileSync(`engine/build/engine.${build}.wasm`));
  return new WebAssembly.Instance(module, {}).exports as unknown as WasmExports;
}
