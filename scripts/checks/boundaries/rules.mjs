// Who may import whom, as code: this file is the rule, not a copy of it. Pure: modules in, violations out.
import { findCircles } from './find-circles.mjs';
import { featureOf, isConfig, isEntry, isPlatform, isRoute, isServerOnly, isTest } from './place.mjs';

const FORBIDDEN_FOLDERS = new Set(['utils', 'helpers', 'common', 'misc', 'lib', 'v2']);

/**
 * Fewer modules than this mean that the search went wrong, not that the project shrank: a check that looks at nothing finds nothing.
 * About half of what there was when each room was first complete.
 */
export const LEAST_MODULES = { app: 60, collectors: 3, engine: 15, jobs: 6, prisma: 5 };

const startsWithAny = (path, prefixes) => prefixes.some((prefix) => path.startsWith(prefix));

/** Rules that look at one import of ours: `applies` asks about the importer, `allows` about the import. Tests are not asked: they import what they test. */
const IMPORT_RULES = [
  {
    name: 'the engine imports nothing of ours',
    applies: (path) => path.startsWith('engine/'),
    allows: ({ target }) => target.startsWith('engine/'),
  },
  {
    name: 'the checker shares no code with the solver',
    applies: (path) => path.startsWith('engine/checker/'),
    allows: ({ target }) => target.startsWith('engine/checker/'),
  },
  {
    name: 'the solver does not rest on its checker',
    applies: (path) => startsWithAny(path, ['engine/host/', 'engine/units/']),
    allows: ({ target }) => !target.startsWith('engine/checker/'),
  },
  {
    name: 'outside of the engine only #engine, #engine/checker and #engine/units are imported',
    applies: (path) => !startsWithAny(path, ['engine/', 'scripts/']),
    allows: ({ target }) =>
      !target.startsWith('engine/') ||
      ['engine/host/index.ts', 'engine/checker/index.ts'].includes(target) ||
      startsWithAny(target, ['engine/units/', 'engine/build/']),
  },
  {
    name: 'collectors import themselves and #engine/units only',
    applies: (path) => path.startsWith('collectors/'),
    allows: ({ target }) => startsWithAny(target, ['collectors/', 'engine/units/']),
  },
  {
    name: 'app/platform and app/ui import no feature',
    applies: (path) => startsWithAny(path, ['app/platform/', 'app/ui/']),
    allows: ({ target }) => featureOf(target) === null,
  },
  {
    name: 'app/ui imports no server code',
    applies: (path) => path.startsWith('app/ui/'),
    allows: ({ target, isTypeOnly }) => isTypeOnly || !isServerOnly(target),
  },
  {
    name: 'a feature imports platform, ui, paths, other features, job contracts and (on the server) collectors only',
    applies: (path) => featureOf(path) !== null,
    allows: ({ target }, path) =>
      startsWithAny(target, ['app/platform/', 'app/ui/', 'app/features/', 'engine/', 'jobs/contracts/', 'locales/']) ||
      target === 'app/paths.ts' ||
      (isServerOnly(path) && startsWithAny(target, ['collectors/', 'app/generated/'])),
  },
  {
    name: 'only *.server.ts, routes and entry points import server code',
    applies: (path) => path.startsWith('app/') && !isServerOnly(path) && !isRoute(path) && !isEntry(path),
    allows: ({ target, isTypeOnly }) => isTypeOnly || !isServerOnly(target),
  },
  {
    name: 'only *.server.ts hold a database or Redis client',
    applies: (path) => !isServerOnly(path),
    allows: ({ target, names, isTypeOnly }) =>
      isTypeOnly ||
      (target.startsWith('app/platform/')
        ? !names.some((name) => ['getDb', 'createDb', 'getRedis', '*'].includes(name) && isClientModule(target))
        : !target.startsWith('app/generated/')),
  },
  {
    name: 'job contracts import zod and each other only',
    applies: (path) => path.startsWith('jobs/contracts/'),
    allows: ({ target }) => target.startsWith('jobs/contracts/'),
  },
  {
    name: 'a processor imports contracts, server code of features and the platform only',
    applies: (path) => path.startsWith('jobs/processors/'),
    allows: ({ target }) =>
      target.startsWith('jobs/contracts/') || (isServerOnly(target) && startsWithAny(target, ['app/features/', 'app/platform/'])),
  },
  {
    name: 'only the worker imports a processor',
    applies: (path) => !path.startsWith('jobs/worker/'),
    allows: ({ target }) => !target.startsWith('jobs/processors/'),
  },
  {
    name: 'the app imports nothing of jobs but contracts',
    applies: (path) => path.startsWith('app/'),
    allows: ({ target }) => !target.startsWith('jobs/') || target.startsWith('jobs/contracts/'),
  },
  {
    name: 'nobody imports a route',
    applies: () => true,
    allows: ({ target }) => !isRoute(target),
  },
  {
    name: 'nobody imports a test',
    applies: () => true,
    allows: ({ target }) => !isTest(target),
  },
];

function isClientModule(target) {
  return target === 'app/platform/db.server.ts' || target === 'app/platform/redis.server.ts';
}

/** Packages that open a connection, and who may import them at run time. */
const PACKAGE_RULES = [
  {
    packages: ['pg', '@prisma/adapter-pg'],
    name: 'only app/platform and prisma open Postgres',
    allows: (path) => isPlatform(path) || path.startsWith('prisma/'),
  },
  { packages: ['ioredis'], name: 'only app/platform opens Redis', allows: isPlatform },
  {
    packages: ['bullmq'],
    name: 'only app/platform and the worker know the queue library',
    allows: (path) => isPlatform(path) || path.startsWith('jobs/worker/'),
  },
];

/** Every violation as `{ path, rule, detail }`. */
export function findViolations({ modules, folders }) {
  const own = modules.filter(({ path }) => !isTest(path));
  return [
    ...findMissingModules(own),
    ...own.flatMap(checkImports),
    ...own.flatMap(checkGlobals),
    ...checkFolders(folders),
    ...checkCircles(own),
  ];
}

function findMissingModules(modules) {
  return Object.entries(LEAST_MODULES).flatMap(([room, least]) => {
    const count = modules.filter(({ path }) => path.startsWith(`${room}/`)).length;
    return count >= least
      ? []
      : [{ path: `${room}/`, rule: 'the check sees the project', detail: `only ${count} modules found, at least ${least} expected` }];
  });
}

function checkImports({ path, imports }) {
  return imports.flatMap((one) => {
    const broken =
      one.target === null ? brokenPackageRules(path, one) : IMPORT_RULES.filter((rule) => rule.applies(path) && !rule.allows(one, path));
    return broken.map(({ name }) => ({ path, rule: name, detail: `imports ${one.specifier}` }));
  });
}

function brokenPackageRules(path, { specifier, isTypeOnly }) {
  const rules = isTypeOnly ? [] : PACKAGE_RULES.filter((rule) => rule.packages.includes(specifier) && !rule.allows(path));
  const isContract = path.startsWith('jobs/contracts/') && specifier !== 'zod';
  return isContract ? [...rules, { name: 'job contracts import zod and each other only' }] : rules;
}

function checkGlobals({ path, readsProcessEnv, touchesWebAssembly }) {
  const violations = [];
  if (readsProcessEnv && path !== 'app/platform/env.server.ts' && !path.startsWith('scripts/') && !isConfig(path)) {
    violations.push({ path, rule: 'only app/platform/env.server.ts reads process.env', detail: 'reads process.env' });
  }
  if (touchesWebAssembly && !path.startsWith('engine/host/')) {
    violations.push({ path, rule: 'only engine/host touches WebAssembly', detail: 'uses WebAssembly' });
  }
  return violations;
}

function checkFolders(folders) {
  return folders
    .filter((folder) => FORBIDDEN_FOLDERS.has(folder.split('/').at(-1)))
    .map((path) => ({ path, rule: 'no folder without a meaning', detail: 'say what is in it: this route, this feature, ui, platform' }));
}

function checkCircles(modules) {
  const byModule = new Map(
    modules.map(({ path, imports }) => [path, imports.filter(({ isTypeOnly }) => !isTypeOnly).map(({ target }) => target)]),
  );
  const byFeature = new Map();
  for (const { path, imports } of modules) {
    const feature = featureOf(path);
    if (!feature) continue;
    const others = imports.map(({ target }) => target && featureOf(target)).filter((other) => other && other !== feature);
    byFeature.set(feature, [...(byFeature.get(feature) ?? []), ...others]);
  }
  return [
    ...findCircles(byModule).map((circle) => ({ path: circle[0], rule: 'no circle of modules', detail: circle.join(' <-> ') })),
    ...findCircles(byFeature).map((circle) => ({
      path: `app/features/${circle[0]}`,
      rule: 'no circle of features',
      detail: circle.join(' <-> '),
    })),
  ];
}
