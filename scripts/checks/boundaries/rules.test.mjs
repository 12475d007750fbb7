import { describe, expect, it } from 'vitest';
import { readModule } from './read-module.mjs';
import { resolveTarget, withTargets } from './read-project.mjs';
import { findViolations, LEAST_MODULES } from './rules.mjs';

const ALIASES = {
  '#engine': './engine/host/index.ts',
  '#engine/*': './engine/*',
  '#app/*': './app/*',
  '#jobs/*': './jobs/*',
  '#collectors/*': './collectors/*',
};

/** As many empty modules as the check wants to see, so that a sample can be about one rule only. */
const crowd = Object.entries(LEAST_MODULES).flatMap(([room, count]) =>
  Array.from({ length: count }, (_, index) => ({
    path: `${room}/crowd-${index}.ts`,
    imports: [],
    readsProcessEnv: false,
    touchesWebAssembly: false,
  })),
);

/** The rules broken by files given as path -> text. */
function rulesBrokenBy(files, folders = []) {
  const modules = Object.entries(files).map(([path, text]) => withTargets(readModule(path, text), ALIASES));
  return findViolations({ modules: [...crowd, ...modules], folders }).map(({ rule }) => rule);
}

describe('findViolations', () => {
  it('finds nothing in a project that keeps the rules', () => {
    const files = {
      'app/features/calculator/view.tsx': `import { project } from '#engine'; import { Chart } from '#app/ui/chart.tsx'; import './view.css';`,
      'app/features/curtailment/plan.server.ts': `import { checkPlanFile } from '#engine/checker/index.ts';`,
      'app/features/market/market.server.ts': `import { getDb } from '#app/platform/db.server.ts'; import { sources } from '#collectors/market/sources.ts';`,
      'app/routes/_index.tsx': `import { getMarket } from '#app/features/market/market.server.ts';`,
      'jobs/contracts/note.ts': `import { z } from 'zod'; import { defineJob } from './queue.ts';`,
      'jobs/processors/note.ts': `import { refresh } from '#app/features/market/market.server.ts'; import { note } from '#jobs/contracts/note.ts';`,
      'jobs/worker/main.ts': `import { processNote } from '#jobs/processors/note.ts'; import { closeDb } from '#app/platform/db.server.ts';`,
      'collectors/market/sources.ts': `import { K } from '#engine/units/constants.ts';`,
    };
    expect(rulesBrokenBy(files)).toEqual([]);
  });

  it.each([
    ['engine/host/a.ts', `import { x } from '#app/ui/a.ts'`, 'the engine imports nothing of ours'],
    ['engine/checker/a.ts', `import { x } from '../host/plan/lattice.ts'`, 'the checker shares no code with the solver'],
    ['engine/host/plan/a.ts', `import { x } from '#engine/checker/index.ts'`, 'the solver does not rest on its checker'],
    [
      'app/features/curtailment/a.server.ts',
      `import { x } from '#engine/checker/dual-bound.ts'`,
      'outside of the engine only #engine, #engine/checker and #engine/units are imported',
    ],
    [
      'app/ui/a.ts',
      `import { x } from '#engine/host/memory-map.ts'`,
      'outside of the engine only #engine, #engine/checker and #engine/units are imported',
    ],
    [
      'app/ui/a.ts',
      `import { x } from '../../engine/reference/path.ts'`,
      'outside of the engine only #engine, #engine/checker and #engine/units are imported',
    ],
    ['collectors/market/a.ts', `import { x } from '#engine'`, 'collectors import themselves and #engine/units only'],
    ['app/platform/a.server.ts', `import type { X } from '#app/features/market/a.ts'`, 'app/platform and app/ui import no feature'],
    ['app/ui/a.ts', `import { x } from '../features/market/a.ts'`, 'app/platform and app/ui import no feature'],
    [
      'app/features/market/a.ts',
      `import { x } from '#app/features/market/b.server.ts'`,
      'only *.server.ts, routes and entry points import server code',
    ],
    ['app/routes/a.tsx', `import { getDb } from '#app/platform/db.server.ts'`, 'only *.server.ts hold a database or Redis client'],
    [
      'app/routes/a.tsx',
      `import { PrismaClient } from '#app/generated/prisma/client.ts'`,
      'only *.server.ts hold a database or Redis client',
    ],
    ['app/features/market/a.server.ts', `import pg from 'pg'`, 'only app/platform and prisma open Postgres'],
    ['jobs/worker/a.ts', `import { Redis } from 'ioredis'`, 'only app/platform opens Redis'],
    ['app/routes/a.ts', `import { Queue } from 'bullmq'`, 'only app/platform and the worker know the queue library'],
    ['jobs/contracts/a.ts', `import { x } from '#app/ui/a.ts'`, 'job contracts import zod and each other only'],
    ['jobs/contracts/a.ts', `import { Job } from 'bullmq'`, 'job contracts import zod and each other only'],
    ['jobs/schedule/a.ts', `import { x } from '#jobs/processors/a.ts'`, 'only the worker imports a processor'],
    ['app/platform/a.server.ts', `import { x } from '#jobs/worker/a.ts'`, 'the app imports nothing of jobs but contracts'],
    ['jobs/worker/a.ts', `import { x } from '#app/routes/_index.tsx'`, 'nobody imports a route'],
    ['prisma/a.ts', `import { x } from './a.test.ts'`, 'nobody imports a test'],
    ['app/features/market/a.ts', 'export const home = process.env.HOME', 'only app/platform/env.server.ts reads process.env'],
    ['app/platform/a.ts', 'export const memory = new WebAssembly.Memory({ initial: 1 })', 'only engine/host touches WebAssembly'],
  ])('refuses %s with %s', (path, text, rule) => {
    expect(rulesBrokenBy({ [path]: text })).toContain(rule);
  });

  it('refuses a processor that reaches past the server code of a feature', () => {
    expect(rulesBrokenBy({ 'jobs/processors/a.ts': `import { rule } from '#app/features/market/rule.ts'` })).toEqual([
      'a processor imports contracts, server code of features and the platform only',
    ]);
  });

  it('refuses a circle of features even when no module is in a circle, and even of types', () => {
    const files = {
      'app/features/reports/a.ts': `import type { Invoice } from '#app/features/invoices/b.ts'`,
      'app/features/invoices/c.ts': `import { total } from '#app/features/reports/d.ts'`,
    };
    expect(rulesBrokenBy(files)).toEqual(['no circle of features']);
  });

  it('refuses modules that import each other in a circle, and lets types pass', () => {
    expect(rulesBrokenBy({ 'app/ui/a.ts': `import './b.ts'`, 'app/ui/b.ts': `import './c.ts'`, 'app/ui/c.ts': `import './a.ts'` })).toEqual(
      ['no circle of modules'],
    );
    expect(rulesBrokenBy({ 'app/ui/a.ts': `import './b.ts'`, 'app/ui/b.ts': `import type { A } from './a.ts'` })).toEqual([]);
  });

  it.each(['utils', 'helpers', 'common', 'misc', 'lib', 'v2'])('refuses a folder called %s', (name) => {
    expect(rulesBrokenBy({}, ['app/ui', `app/ui/${name}`])).toEqual(['no folder without a meaning']);
  });

  it('fails when it sees implausibly few modules', () => {
    expect(findViolations({ modules: [], folders: [] }).map(({ path }) => path)).toEqual(
      Object.keys(LEAST_MODULES).map((room) => `${room}/`),
    );
  });

  it('asks nothing of tests', () => {
    expect(
      rulesBrokenBy({ 'app/routes/a.test.ts': `import { loader } from './a.ts'; import pg from 'pg'; process.env.TEST_ORIGIN` }),
    ).toEqual([]);
  });
});

describe('resolveTarget', () => {
  it.each([
    ['./b.ts', 'app/ui/b.ts'],
    ['../platform/c.server.ts', 'app/platform/c.server.ts'],
    ['#engine', 'engine/host/index.ts'],
    ['#engine/units/fields.ts', 'engine/units/fields.ts'],
    ['#engine/build/engine.simd.wasm?url', 'engine/build/engine.simd.wasm'],
    ['#app/paths.ts', 'app/paths.ts'],
    ['react', null],
    ['node:fs', null],
  ])('turns %s into %s', (specifier, target) => {
    expect(resolveTarget('app/ui/a.ts', specifier, ALIASES)).toBe(target);
  });
});
