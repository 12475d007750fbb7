/**
 * Production mode: runs a built entry point in this very process, so that signals and exit codes are the product's own.
 * The configuration is the caller's alone: nothing is generated, started, migrated or seeded here.
 */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildFolderName } from './builds.mjs';
import { projectFolder } from './folders.mjs';

export async function runBuiltEntry(entry) {
  const file = join(resolve(projectFolder, buildFolderName()), `${entry}.mjs`);
  if (!existsSync(file)) {
    process.stderr.write('There is no build to run: make one with npm run build\n');
    process.exit(1);
  }
  process.env.HASHINSIGHT_MODE = 'production';
  process.env.NODE_ENV = 'production';
  process.setSourceMapsEnabled(true);
  await import(pathToFileURL(file).href);
}
