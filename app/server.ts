// The web process: Express in front of Remix. It refuses what no route may see, sets the headers of every response, serves the
// built files and hands the rest to Remix. Pages, actions and the API are routes; nothing here knows them.
// Runs bundled beside its build (web.mjs) or from source: `node --import tsx app/server.ts [build folder]`.
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createRequestHandler } from '@remix-run/express';
import type { ServerBuild } from '@remix-run/node';
import compression from 'compression';
import express, { type ErrorRequestHandler, type Express } from 'express';
import type { ViteDevServer } from 'vite';
import { toSignInPath } from './paths.ts';
import { closeDb } from './platform/db.server.ts';
import { type Env, EnvError, getEnv } from './platform/env.server.ts';
import { guardBuild } from './platform/http/guard-build.server.ts';
import { guardRequests, limitRequests, recordForgery, recordRefusal } from './platform/http/guard-requests.server.ts';
import { close, createHttpServer, listen } from './platform/http/listen.server.ts';
import type { RequestContext } from './platform/http/load-context.ts';
import { getLog } from './platform/log.server.ts';
import { closeRedis } from './platform/redis.server.ts';

const SHUTDOWN_GRACE_MS = 10_000;
/** Files of public/ keep their names, so a new version must be asked for; built files carry their hash in the name. */
const PUBLIC_MAX_AGE = '1h';
const HASHED_MAX_AGE = '1y';

function findBuildFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  return existsSync(join(here, 'server', 'index.js')) ? here : resolve(process.argv[2] ?? 'build');
}

function serveBuiltFiles(app: Express, buildFolder: string): void {
  const clientFolder = join(buildFolder, 'client');
  app.use(
    '/assets',
    express.static(join(clientFolder, 'assets'), { immutable: true, maxAge: HASHED_MAX_AGE, index: false, redirect: false }),
  );
  // A page of an older build may ask for a file that is gone; it should not receive a page of HTML instead.
  app.use('/assets', (_request, response) => {
    response.status(404).set('Cache-Control', 'no-store').type('text/plain').send('Not found\n');
  });
  app.use(express.static(clientFolder, { maxAge: PUBLIC_MAX_AGE, index: false, redirect: false }));
}

const reportFailure: ErrorRequestHandler = (error, request, response, _next) => {
  getLog().error('request.failed', { method: request.method, path: request.path, error });
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const detail = 'Something failed on our side. Nothing was changed by this answer; try again.';
  response.status(500).set('Cache-Control', 'no-store').type('text/plain').send(`${detail}\n我们这边出了故障，请稍后重试。\n`);
};

async function startVite(app: Express): Promise<{ vite: ViteDevServer; upgrades: ReturnType<typeof createHttpServer> }> {
  const { createServer } = await import('vite');
  // Vite listens for web sockets on a server of its own choice; ours passes the requests of both addresses on to this one.
  const upgrades = createHttpServer(app);
  const vite = await createServer({ server: { middlewareMode: true, hmr: { server: upgrades } } });
  return { vite, upgrades };
}

async function start(env: Env): Promise<void> {
  const log = getLog();
  const isDevelopment = env.HASHINSIGHT_MODE === 'development';
  const app = express();
  app.disable('x-powered-by');
  // What a proxy says about the reader's scheme and host counts only when the proxy is on this machine or a private network.
  app.set('trust proxy', env.HASHINSIGHT_MODE === 'production' ? 'loopback, linklocal, uniquelocal' : false);
  app.use(guardRequests(env));

  const development = isDevelopment ? await startVite(app) : null;
  if (development) {
    app.use(development.vite.middlewares);
  } else {
    app.use(compression());
    serveBuiltFiles(app, findBuildFolder());
  }
  const guard = (build: ServerBuild) => guardBuild(build, { toSignIn: toSignInPath, onRefused: recordRefusal, onForged: recordForgery });
  const build = development
    ? async () => guard((await development.vite.ssrLoadModule('virtual:remix/server-build')) as ServerBuild)
    : guard((await import(pathToFileURL(join(findBuildFolder(), 'server', 'index.js')).href)) as ServerBuild);
  app.use(limitRequests(env));
  app.all(
    '*',
    createRequestHandler({
      build,
      mode: isDevelopment ? 'development' : 'production',
      getLoadContext: (_request, response): RequestContext => response.locals.context,
    }),
  );
  app.use(reportFailure);

  const result = await listen(
    () => {
      const server = createHttpServer(app);
      server.on('upgrade', (...handshake) => {
        if (development) development.upgrades.emit('upgrade', ...handshake);
        else handshake[1].destroy();
      });
      return server;
    },
    env.HOST,
    env.PORT,
  );
  if (result.kind === 'failed') {
    const reason = result.code === 'EADDRINUSE' ? 'the port is taken; set PORT to another one' : result.code;
    log.error('web.listen-failed', { address: result.address, port: result.port, reason });
    process.exit(1);
  }
  for (const address of result.unavailable) log.warn('web.address-unavailable', { address, consequence: 'listening on IPv4 only' });
  log.info('web.listening', { urls: result.urls, mode: env.HASHINSIGHT_MODE });

  const stop = async (signal: string) => {
    log.info('web.stopping', { signal });
    // Vite's web sockets would keep the servers open.
    await development?.vite.close();
    await Promise.all(result.servers.map((server) => close(server, SHUTDOWN_GRACE_MS)));
    await Promise.all([closeDb(), closeRedis()]);
    process.exit(0);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

try {
  await start(getEnv());
} catch (error) {
  if (!(error instanceof EnvError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
