/** The number both halves of the engine agree on; see engine/ABI.md. */

/** Raised together with engine/assembly/layout.ts. */
export const ABI_VERSION = 3;

/** Throws when the module speaks another ABI. */
export function requireAbi(wasm: { ABI_VERSION: { readonly value: number } }): void {
  if (wasm.ABI_VERSION.value !== ABI_VERSION) {
    throw new Error(`engine module has ABI ${wasm.ABI_VERSION.value}, this host speaks ABI ${ABI_VERSION}`);
  }
}

/** 1_002_003 as "1.2.3". */
export function readEngineVersion(wasm: { ENGINE_VERSION: { readonly value: number } }): string {
  const version = wasm.ENGINE_VERSION.value;
  return [Math.floor(version / 1e6), Math.floor(version / 1e3) % 1e3, version % 1e3].join('.');
}
