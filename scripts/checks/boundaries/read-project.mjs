// Finds every module and every folder of the project, and turns import specifiers into paths.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readModule } from './read-module.mjs';

const ROOMS = ['app', 'collectors', 'engine', 'jobs', 'prisma', 'scripts', 'tests'];
/** Generated or built, never written by hand. */
const SKIPPED = new Set(['app/generated', 'engine/build', 'engine/assembly']);

export function readProject(root) {
  const { imports: aliases } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const folders = [];
  const files = [];
  const walk = (relative) => {
    folders.push(relative);
    for (const entry of readdirSync(path.join(root, relative), { withFileTypes: true })) {
      const child = `${relative}/${entry.name}`;
      if (entry.isDirectory() && entry.name !== 'node_modules' && !SKIPPED.has(child)) walk(child);
      else if (entry.isFile() && /\.tsx?$/.test(entry.name)) files.push(child);
    }
  };
  for (const room of ROOMS) walk(room);
  const modules = files.map((file) => withTargets(readModule(file, readFileSync(path.join(root, file), 'utf8')), aliases));
  return { modules, folders };
}

/** Adds to each import its `target`: a path from the project's root, or null for a package of npm or Node. */
export function withTargets(module, aliases) {
  const imports = module.imports.map((one) => ({ ...one, target: resolveTarget(module.path, one.specifier, aliases) }));
  return { ...module, imports };
}

/** `specifier` may end with a bundler's query such as ?url. */
export function resolveTarget(importer, specifier, aliases) {
  const bare = specifier.replace(/\?.*$/, '');
  if (bare.startsWith('.')) return path.posix.normalize(path.posix.join(path.posix.dirname(importer), bare));
  for (const [alias, target] of Object.entries(aliases)) {
    if (alias === bare) return target.replace(/^\.\//, '');
    if (!alias.endsWith('/*') || !bare.startsWith(alias.slice(0, -1))) continue;
    return target.replace(/^\.\//, '').replace('*', bare.slice(alias.length - 1));
  }
  return null;
}
