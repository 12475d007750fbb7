// Walks the routes as they are on disk: what is there needs a rule, and a rule needs what it is about.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isPermission } from './permissions.ts';
import { findRouteRule, ROUTE_RULES } from './route-rules.ts';

const ROUTES = 'app/routes';
const files = readdirSync(ROUTES).filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file));
const routes = files.map((file) => {
  const text = readFileSync(join(ROUTES, file), 'utf8');
  const exports = (name: string) => new RegExp(`export (?:async )?(?:function|const) ${name}\\b|export \\{[^}]*\\b${name}\\b`).test(text);
  return { name: file.replace(/\.tsx?$/, ''), text, hasLoader: exports('loader'), hasAction: exports('action') };
});

it('finds the routes at all', () => {
  expect(routes.length).toBeGreaterThan(15);
  expect(routes.filter(({ hasLoader }) => hasLoader).length).toBeGreaterThan(12);
});

describe('the rules of routes', () => {
  it('name every route: who adds one says who may', () => {
    expect(routes.filter(({ name }) => findRouteRule(`routes/${name}`) === null).map(({ name }) => name)).toEqual([]);
  });

  it('name nothing that is not there', () => {
    expect(Object.keys(ROUTE_RULES).filter((name) => !routes.some((route) => route.name === name))).toEqual([]);
  });

  it('say who reads where there is a loader, who writes where there is an action, and only there', () => {
    for (const { name, hasLoader, hasAction } of routes) {
      const rule = findRouteRule(`routes/${name}`);
      expect({ name, read: rule?.read !== null, write: rule?.write !== null }).toEqual({ name, read: hasLoader, write: hasAction });
    }
  });

  it('excuse from the form token only what changes nothing for anybody', () => {
    expect(Object.keys(ROUTE_RULES).filter((name) => ROUTE_RULES[name]?.csrf === 'none')).toEqual(['$', 'csp-report']);
  });

  it('ask for permissions of the table', () => {
    const asked = Object.values(ROUTE_RULES).flatMap(({ read, write }) => [read, write]);
    for (const access of asked) {
      if (access !== null && !['everyone', 'signed-in', 'staff'].includes(access)) expect(isPermission(access), access).toBe(true);
    }
  });
});

it('every form that changes something carries the field with its token', () => {
  const folders = ['app/features', 'app/ui', 'app/routes'];
  const components = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.tsx') && !file.endsWith('.test.tsx'))
      .map((file) => ({ file: join(folder, file), text: readFileSync(join(folder, file), 'utf8') })),
  );
  expect(components.length).toBeGreaterThan(20);
  const openings = /<(?:[Ff]orm|[\w.]+\.Form)\b[^>]*\bmethod="post"/g;
  for (const { file, text } of components) {
    const forms = [...text.matchAll(openings)].length;
    const fields = text.split('<CsrfField').length - 1;
    expect(fields, `${file} has ${forms} forms that change something`).toBeGreaterThanOrEqual(forms);
  }
});
