/** Starts a thread of this process: work that takes seconds without a pause must not hold up the requests of others. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';

/** Bundled code lies in the build folder or below it; further up there is nothing of ours. */
const FOLDERS_UP = 3;
/** A thread does not take over the loader of TypeScript from its process: it loads it before the entry. */
const FROM_SOURCE =
  "const { workerData } = require('node:worker_threads'); import('tsx/esm/api').then(({ register }) => { register(); return import(workerData); });";

/**
 * `name`: of the bundle that scripts/bundle-entries.mjs makes of the thread's entry. `sourceUrl`: of that entry beside the caller, for processes that run from source.
 * Throws when a build has no such bundle.
 */
export function startThread(name: string, sourceUrl: URL): Worker {
  if (import.meta.url.endsWith('.ts')) return new Worker(FROM_SOURCE, { eval: true, workerData: sourceUrl.href });
  let folder = dirname(fileURLToPath(import.meta.url));
  for (let step = 0; step < FOLDERS_UP; step += 1) {
    const bundle = join(folder, `${name}.mjs`);
    if (existsSync(bundle)) return new Worker(pathToFileURL(bundle));
    folder = dirname(folder);
  }
  throw new Error(`the build has no ${name}.mjs`);
}
