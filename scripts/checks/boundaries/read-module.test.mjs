import { describe, expect, it } from 'vitest';
import { readModule } from './read-module.mjs';

const importsOf = (text) => readModule('app/sample.ts', text).imports;

describe('readModule', () => {
  it('finds static, bare, dynamic and re-exporting imports with their names', () => {
    const text = `
      import plain, { one as two } from './a.ts';
      import * as all from './b.ts';
      import './c.css';
      export { three } from './d.ts';
      export * from './e.ts';
      const late = () => import('./f.ts');`;
    expect(importsOf(text)).toEqual([
      { specifier: './a.ts', isTypeOnly: false, names: ['default', 'one'] },
      { specifier: './b.ts', isTypeOnly: false, names: ['*'] },
      { specifier: './c.css', isTypeOnly: false, names: ['*'] },
      { specifier: './d.ts', isTypeOnly: false, names: ['three'] },
      { specifier: './e.ts', isTypeOnly: false, names: ['*'] },
      { specifier: './f.ts', isTypeOnly: false, names: ['*'] },
    ]);
  });

  it('knows an import of types alone from one that also takes a value', () => {
    const text = `
      import type { A } from './a.ts';
      import { type B } from './b.ts';
      import { type C, d } from './c.ts';
      export type { E } from './e.ts';`;
    expect(importsOf(text).map(({ isTypeOnly }) => isTypeOnly)).toEqual([true, true, false, true]);
  });

  it('is not fooled by comments and strings', () => {
    const module = readModule(
      'app/sample.ts',
      `// import './a.ts'; process.env\nconst text = "import './b.ts'; process.env; WebAssembly";`,
    );
    expect(module).toMatchObject({ imports: [], readsProcessEnv: false, touchesWebAssembly: false });
  });

  it.each([
    'process.env.HOME',
    `process['env']`,
    'globalThis.process.env',
    'const { env } = process',
    `import { env } from 'node:process'`,
  ])('sees the environment read by %s', (text) => expect(readModule('app/sample.ts', text).readsProcessEnv).toBe(true));

  it('lets import.meta.env and a parameter called env be', () => {
    expect(readModule('app/sample.ts', 'const f = (env) => env.PORT + import.meta.env.MODE').readsProcessEnv).toBe(false);
  });

  it('sees WebAssembly used, and not its types', () => {
    expect(readModule('app/sample.ts', 'await WebAssembly.compile(bytes)').touchesWebAssembly).toBe(true);
    expect(readModule('app/sample.ts', 'new globalThis.WebAssembly.Memory(x)').touchesWebAssembly).toBe(true);
    expect(readModule('app/sample.ts', 'let module: WebAssembly.Module').touchesWebAssembly).toBe(false);
  });
});
