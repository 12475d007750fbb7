/**
 * Compiles engine/assembly to engine/build: engine.simd.wasm and, from the same source, engine.scalar.wasm for browsers without SIMD.
 * Run by the other scripts when the sources have changed, or by hand.
 */
import { mkdir } from 'node:fs/promises';
import asc from 'assemblyscript/asc';

const OUT_DIR = 'engine/build';
/** 64 KiB each; the maps in engine/assembly need about 2,400 of them, nearly all for plans, shedding and risk, and a page that is never touched costs nothing. Fixed, so that views never detach. */
const MEMORY_PAGES = '2560';

/** @param {string} name @param {string[]} features */
async function compile(name, features) {
  const out = `${OUT_DIR}/engine.${name}.wasm`;
  const { error, stderr } = await asc.main([
    'engine/assembly/index.ts',
    ...['--outFile', out, '-O3', '--converge', '--runtime', 'stub', '--noAssert'],
    ...['--initialMemory', MEMORY_PAGES, '--maximumMemory', MEMORY_PAGES],
    ...features,
  ]);
  if (error) throw new Error(`${out}: ${error.message}\n${stderr.toString()}`);
}

await mkdir(OUT_DIR, { recursive: true });
await compile('simd', ['--enable', 'simd']);
await compile('scalar', []);
