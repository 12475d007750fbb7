/** The only place of the product that touches WebAssembly: finds out whether SIMD is there, starts the module, hands it to the facade. */

import type { Engine } from './engine.ts';
import { createEngine } from './engine.ts';
import type { WasmExports } from './wasm-exports.ts';

/** The smallest module that uses a SIMD instruction: a function that returns i32x4.splat of its nothing. */
const SIMD_PROBE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11,
]);

/** Whether this browser or server can run engine.simd.wasm; otherwise engine.scalar.wasm gives the same bits, slower. */
export function supportsSimd(): boolean {
  return WebAssembly.validate(SIMD_PROBE);
}

/** Starts a module. Throws when the bytes are no engine of this ABI. Each instance has its own memory; calls on one must not overlap, and being synchronous cannot. */
export async function instantiateEngine(wasm: BufferSource | WebAssembly.Module): Promise<Engine> {
  const module = wasm instanceof WebAssembly.Module ? wasm : await WebAssembly.compile(wasm);
  const instance = await WebAssembly.instantiate(module, {});
  return createEngine(instance.exports as unknown as WasmExports);
}
