/**
 * Compiles engine/assembly to engine/build: two modules, each with and, from the same source, without SIMD (for browsers that lack it).
 * Run by the other scripts when the sources have changed, or by hand.
 */
import { mkdir } from 'node:fs/promises';
import asc from 'assemblyscript/asc';

const OUT_DIR = 'engine/build';
/** Memory in pages of 64 KiB: what the maps in engine/assembly need and a little more. Fixed, so that views never detach; a page that is never touched costs nothing. */
const MODULES = [
  { name: 'engine', entry: 'engine/assembly/index.ts', pages: '448' },
  { name: 'curtailment', entry: 'engine/assembly/curtailment.ts', pages: '4096' },
];
const BUILDS = [
  { name: 'simd', features: ['--enable', 'simd'] },
  { name: 'scalar', features: [] },
];

/** @param {typeof MODULES[number]} module @param {typeof BUILDS[number]} build */
async function compile(module, build) {
  const out = `${OUT_DIR}/${module.name}.${build.name}.wasm`;
  const { error, stderr } = await asc.main([
    module.entry,
    ...['--outFile', out, '-O3', '--converge', '--runtime', 'stub', '--noAssert'],
    ...['--initialMemory', module.pages, '--maximumMemory', module.pages],
    ...build.features,
  ]);
  if (error) throw new Error(`${out}: ${error.message}\n${stderr.toString()}`);
}

await mkdir(OUT_DIR, { recursive: true });
for (const module of MODULES) for (const build of BUILDS) await compile(module, build);
