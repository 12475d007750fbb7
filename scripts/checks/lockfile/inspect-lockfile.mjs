// What is wrong with a package-lock.json for people on other machines. Pure: parsed lock in, problems out.

/** Version 3 of the format: `packages`, keyed by folder. */
const SUPPORTED_VERSION = 3;

/** `lock`: parsed package-lock.json; `manifest`: parsed package.json. */
export function inspectLockfile(lock, manifest) {
  if (lock.lockfileVersion !== SUPPORTED_VERSION) return [`lockfileVersion is ${lock.lockfileVersion}, expected ${SUPPORTED_VERSION}`];
  const entries = Object.entries(lock.packages);
  return [
    ...findUnpinned(manifest),
    ...entries.flatMap(([folder, entry]) => [...findMissingOptional(lock.packages, folder, entry), ...findHost(folder, entry)]),
  ];
}

/** A range would let two clones of one commit differ as soon as the lock is renewed. */
function findUnpinned({ dependencies = {}, devDependencies = {}, overrides = {} }) {
  return Object.entries({ ...dependencies, ...devDependencies, ...overrides })
    .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
    .map(([name, version]) => `${name} is not pinned to one version: ${version}`);
}

/**
 * Packages with a binary per platform list them as optional dependencies. When a registry lacks some of them, `npm install` writes a lock
 * without them and the next `npm ci` fails, here or on the platform that is missing.
 */
function findMissingOptional(packages, folder, { optionalDependencies = {} }) {
  return Object.keys(optionalDependencies)
    .filter((name) => !isInstalledFor(packages, folder, name))
    .map((name) => `${folder || 'the project'} lists ${name}, which is not in the lock`);
}

/** As Node resolves it: beside the package, then in each node_modules above. */
function isInstalledFor(packages, folder, name) {
  for (let place = folder; ; place = place.slice(0, Math.max(0, place.lastIndexOf('/node_modules/')))) {
    const prefix = place === '' ? '' : `${place}/`;
    if (`${prefix}node_modules/${name}` in packages) return true;
    if (!place.includes('/node_modules/')) return `node_modules/${name}` in packages;
  }
}

/** A host in the lock binds every clone to the registry of whoever wrote it. */
function findHost(folder, { resolved }) {
  return resolved === undefined ? [] : [`${folder} names where it was downloaded from; take "resolved" out of the lock`];
}
