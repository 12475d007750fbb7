/** For the engine's own tests and benchmarks: the raw exports of a built module, behind the facade's back. */
import { readFileSync } from 'node:fs';
import type { CurtailmentExports, WasmExports } from './wasm-exports.ts';

function open(name: string): WebAssembly.Exports {
  const module = new WebAssembly.Module(readFileSync(`engine/build/${name}.wasm`));
  return new WebAssembly.Instance(module, {}).exports;
}

export function openModule(build: 'simd' | 'scalar'): WasmExports {
  return open(`engine.${build}`) as unknown as WasmExports;
}

export function openCurtailmentModule(build: 'simd' | 'scalar'): CurtailmentExports {
  return open(`curtailment.${build}`) as unknown as CurtailmentExports;
}
