/** The only place of the product that touches WebAssembly: finds out whether SIMD is there, starts a module, hands it to its facade. */

import type { Curtailment } from './curtailment.ts';
import { createCurtailment } from './curtailment.ts';
import type { Engine } from './engine.ts';
import { createEngine } from './engine.ts';
import type { CurtailmentExports, WasmExports } from './wasm-exports.ts';

/** The smallest module that uses a SIMD instruction: a function that returns i32x4.splat of its nothing. */
const SIMD_PROBE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
]);

/** Whether this browser or server can run the .simd.wasm builds; otherwise the .scalar.wasm builds give the same bits, slower. */
export function supportsSimd(): boolean {
  return WebAssembly.validate(SIMD_PROBE);
}

async function start(wasm: BufferSource | WebAssembly.Module): Promise<WebAssembly.Exports> {
  const module = wasm instanceof WebAssembly.Module ? wasm : await WebAssembly.compile(wasm);
  return (await WebAssembly.instantiate(module, {})).exports;
}

/** Starts engine.wasm. Throws when the bytes are no engine of this ABI. Each instance has its own memory; calls on one must not overlap, and being synchronous cannot. */
export async function instantiateEngine(wasm: BufferSource | WebAssembly.Module): Promise<Engine> {
  return createEngine((await start(wasm)) as unknown as WasmExports);
}

/** Starts curtailment.wasm; as `instantiateEngine`. */
export async function instantiateCurtailment(wasm: BufferSource | WebAssembly.Module): Promise<Curtailment> {
  return createCurtailment((await start(wasm)) as unknown as CurtailmentExports);
}
