/**
 * Bundles the entry points of the server side into one file each, beside the pages that `remix vite:build` made.
 * npm packages stay outside of the bundles; they are found in node_modules.
 */
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { projectFolder } from './setup/folders.mjs';

const buildFolder = resolve(projectFolder, process.env.HASHINSIGHT_BUILD_DIR || 'build');

const ENTRY_POINTS = {
  web: 'app/server.ts',
  worker: 'jobs/worker/main.ts',
  migrate: 'prisma/migrate.ts',
  'demo-history': 'prisma/demo-history.server.ts',
  'plan-thread': 'app/features/curtailment/plan-thread.server.ts',
  'forecast-thread': 'app/features/forecasting/forecast-thread.server.ts',
};

/** Everything that is not a file of ours (relative, or #app and its like from package.json "imports") is a package. */
const packagesStayOutside = {
  name: 'packages-stay-outside',
  setup(bundler) {
    bundler.onResolve({ filter: /^[^./#]/ }, ({ kind, path }) => (kind === 'entry-point' ? undefined : { path, external: true }));
  },
};

await build({
  entryPoints: Object.fromEntries(Object.entries(ENTRY_POINTS).map(([name, path]) => [name, join(projectFolder, path)])),
  outdir: buildFolder,
  outExtension: { '.js': '.mjs' },
  absWorkingDir: projectFolder,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  jsx: 'automatic',
  sourcemap: true,
  define: { 'process.env.NODE_ENV': '"production"' },
  plugins: [packagesStayOutside],
  logLevel: 'warning',
});
