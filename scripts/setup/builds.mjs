/**
 * What is built from the sources: the engine, the Prisma client, the browser and server bundles. Each is built only when
 * stale, and always by a process of its own. Call under the set-up lock.
 */
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { runOrFail } from './children.mjs';
import { projectFolder, stateFolder } from './folders.mjs';
import { setupRecords } from './lock.mjs';
import { withProgress } from './say.mjs';
import { buildWhenStale, hashInputs } from './staleness.mjs';

const stamps = join(stateFolder, 'stamps');
const inProject = (...parts) => join(projectFolder, ...parts);

/** `prisma generate` reads the schema only, but refuses to run without the variable. */
const UNUSED_DATABASE_URL = 'postgresql://nobody@127.0.0.1:1/none';

const ENGINE_OUTPUTS = ['engine', 'curtailment'].flatMap((module) =>
  ['simd', 'scalar'].map((build) => `engine/build/${module}.${build}.wasm`),
);
const APP_INPUTS = ['app', 'collectors', 'engine', 'jobs', 'locales', 'prisma', 'public'];
const APP_SETTINGS = [
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'vite.config.ts',
  'scripts/bundle-entries.mjs',
  'scripts/setup/builds.mjs',
];

/** The build folder, relative to the project: HASHINSIGHT_BUILD_DIR or `build`. */
export function buildFolderName() {
  return process.env.HASHINSIGHT_BUILD_DIR || 'build';
}

/** What types, tests and benches need: the engine's .wasm files and the typed database client. */
export async function ensureGenerated() {
  await ensureEngine();
  await ensurePrismaClient();
}

async function ensureEngine() {
  await buildWhenStale({
    stampFile: join(stamps, 'engine'),
    inputsHash: hashInputs({
      root: projectFolder,
      paths: ['engine/assembly', 'engine/units', 'scripts/build-engine.mjs', 'package-lock.json'],
    }),
    outputs: ENGINE_OUTPUTS.map((output) => inProject(output)),
    build: () => withProgress('Building the engine', () => runNode('scripts/build-engine.mjs', [], 'The engine could not be built')),
  });
}

async function ensurePrismaClient() {
  await buildWhenStale({
    stampFile: join(stamps, 'prisma-client'),
    inputsHash: hashInputs({ root: projectFolder, paths: ['prisma/schema.prisma', 'prisma.config.ts', 'package-lock.json'] }),
    outputs: [inProject('app/generated/prisma/client.ts')],
    build: () =>
      withProgress('Generating the database client', () =>
        runNode('node_modules/prisma/build/index.js', ['generate'], 'The database client could not be generated', {
          DATABASE_URL: UNUSED_DATABASE_URL,
        }),
      ),
  });
}

/** The browser's and the server's files in `buildName`. */
export async function ensureApp(buildName) {
  await ensureGenerated();
  const folder = resolve(projectFolder, buildName);
  const outputs = ['client', 'server/index.js', 'web.mjs', 'worker.mjs', 'migrate.mjs'].map((output) => join(folder, output));
  await buildWhenStale({
    stampFile: join(stamps, `app-${buildName.replaceAll(/[^a-z0-9]+/gi, '-')}`),
    inputsHash: hashInputs({
      root: projectFolder,
      paths: [...APP_INPUTS, ...APP_SETTINGS],
      except: ['app/generated', 'engine/bench', 'engine/reference'],
    }),
    outputs,
    build: () =>
      withProgress(`Building the app in ${buildName}`, async () => {
        rmSync(folder, { recursive: true, force: true });
        const env = { HASHINSIGHT_BUILD_DIR: buildName, NODE_ENV: 'production' };
        await runNode('node_modules/@remix-run/dev/dist/cli.js', ['vite:build'], 'The pages could not be built', env);
        await runNode('scripts/bundle-entries.mjs', [], 'The server could not be bundled', env);
      }),
  });
}

function runNode(script, args, failure, env = {}) {
  return runOrFail({
    name: script.replaceAll('/', '-'),
    command: process.execPath,
    args: [inProject(script), ...args],
    cwd: projectFolder,
    env: { ...process.env, ...env },
    recordFolder: setupRecords,
    failure,
  });
}
