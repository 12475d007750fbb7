// Where a file is, in the words of the rules.

export const isTest = (path) => path.startsWith('tests/') || /\.test\.tsx?$/.test(path);
export const isServerOnly = (path) => /\.server\.tsx?$/.test(path);
export const isRoute = (path) => path.startsWith('app/routes/');
export const isPlatform = (path) => path.startsWith('app/platform/');
export const isConfig = (path) => /\.config\.[a-z]+$/.test(path);

/** Run as programs: they may start and stop what the platform opens. */
export const isEntry = (path) =>
  ['app/server.ts', 'app/entry.server.tsx', 'app/root.tsx', 'jobs/worker/main.ts', 'prisma/migrate.ts'].includes(path);

/** The noun of app/features/<noun>/..., or null. */
export const featureOf = (path) => /^app\/features\/([^/]+)\//.exec(path)?.[1] ?? null;
