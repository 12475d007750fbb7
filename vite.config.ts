// How the web application is built: Remix for browser and server, and the Chinese font cut down to the glyphs in use.
// The build folder comes from HASHINSIGHT_BUILD_DIR so that a test build never overwrites the one that is running.
import { vitePlugin as remix } from '@remix-run/dev';
import { defineConfig } from 'vite';
import { chineseFont } from './app/ui/fonts/chinese-font-plugin.ts';

declare module '@remix-run/node' {
  interface Future {
    v3_singleFetch: true;
  }
}

/** Packages that every page needs and that change less often than our own code; the browser keeps them across our releases. */
const SHARED_PACKAGES = /node_modules\/(?:react|react-dom|scheduler|@remix-run|turbo-stream|i18next|react-i18next|remix-i18next)\//;

export default defineConfig(({ isSsrBuild }) => ({
  plugins: [
    chineseFont(),
    // Under Vitest modules are loaded one by one; Remix's transforms would look for a whole application.
    process.env.VITEST
      ? null
      : remix({
          buildDirectory: process.env.HASHINSIGHT_BUILD_DIR ?? 'build',
          // Tests live beside the routes they test.
          ignoredRouteFiles: ['**/*.test.{ts,tsx}'],
          future: {
            v3_fetcherPersist: true,
            v3_relativeSplatPath: true,
            v3_throwAbortReason: true,
            v3_singleFetch: true,
            // Off: the route table is small, and a page that has loaded should ask the server for nothing on its own.
            v3_lazyRouteDiscovery: false,
            v3_routeConfig: false,
          },
        }),
  ],
  // Development only: found one by one while pages load, packages would be bundled anew and React would be there twice.
  optimizeDeps: {
    entries: ['app/entry.client.tsx', 'app/root.tsx', 'app/routes/**/*.tsx'],
    include: [
      'react',
      'react/jsx-dev-runtime',
      'react-dom/client',
      '@remix-run/react',
      'i18next',
      'react-i18next',
      'remix-i18next/client',
      'zod',
    ],
  },
  build: {
    target: 'es2022',
    // A small .wasm or font inlined as a data: URL would be refused by `connect-src 'self'` and `font-src 'self'`.
    assetsInlineLimit: 0,
    rollupOptions: isSsrBuild ? {} : { output: { manualChunks: (id) => (SHARED_PACKAGES.test(id) ? 'packages' : undefined) } },
  },
}));
