// The web process: Express in front of Remix. It refuses what no route may see, sets the headers of every response, serves the
// built files and hands the rest to Remix. Pages, actions and the API are routes; nothing here knows them.
// Runs bundled beside its build (web.mjs) or from source: `node --import tsx app/server.ts [build folder]`.
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createRequestHandler } from '@remix-run/express';
import type { LoaderFunctionArgs, ServerBuild } from '@remix-run/node';
import compression from 'compression';
import express, { type ErrorRequestHandler, type Express, type Request, type RequestHandler, type Response } from 'express';
import type { ViteDevServer } from 'vite';
import { toSignInPath } from './paths.ts';
import { PLATFORM_CHAIN, recordAuditAlone } from './platform/audit/record-audit.server.ts';
import { closeDb } from './platform/db.server.ts';
import { type Env, EnvError, getEnv } from './platform/env.server.ts';
import { toHostRules } from './platform/http/allowed-host.ts';
import { deriveCsrfKey } from './platform/http/csrf.server.ts';
import { guardBuild } from './platform/http/guard-build.server.ts';
import { close, createHttpServer, listen } from './platform/http/listen.server.ts';
import type { RequestContext } from './platform/http/load-context.ts';
import { refuse } from './platform/http/refuse.server.ts';
import { type ContextOptions, createRequestContext } from './platform/http/request-context.server.ts';
import { findRefusal, type Refusal } from './platform/http/request-guard.ts';
import { listSecurityHeaders } from './platform/http/security.server.ts';
import { getLog } from './platform/log.server.ts';
import type { Actor } from './platform/permissions/actor.ts';
import type { PermissionError } from './platform/permissions/require-permission.ts';
import { type LimitDeps, limitActor, limitAddress } from './platform/rate-limit/limit-requests.server.ts';
import { closeRedis, getRedis } from './platform/redis.server.ts';
import { getActor } from './platform/sessions/actor.server.ts';
import { findSessionToken } from './platform/sessions/session-cookie.ts';

const SHUTDOWN_GRACE_MS = 10_000;
/** Files of public/ keep their names, so a new version must be asked for; built files carry their hash in the name. */
const PUBLIC_MAX_AGE = '1h';
const HASHED_MAX_AGE = '1y';

function findBuildFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  return existsSync(join(here, 'server', 'index.js')) ? here : resolve(process.argv[2] ?? 'build');
}

/**
 * The host as the reader's browser sees it. Remix reads `X-Forwarded-Host` whoever sent it, so what an untrusted sender says is
 * taken out of the request here, and of several hosts only the first stays.
 */
function settleForwardedHost(request: Request): string | undefined {
  const isFromProxy: boolean = request.app.get('trust proxy fn')(request.socket.remoteAddress, 0);
  const forwarded = isFromProxy ? request.get('x-forwarded-host')?.split(',')[0]?.trim() : undefined;
  delete request.headers['x-forwarded-host'];
  if (!forwarded) return request.headers.host;
  request.headers['x-forwarded-host'] = forwarded;
  return forwarded;
}

/** What `getActor` reads of a request: its path, its cookie and its token. */
function toLookupRequest({ path, headers: { cookie, authorization } }: Request): globalThis.Request {
  const headers = new Headers();
  if (cookie !== undefined) headers.set('Cookie', cookie);
  if (authorization !== undefined) headers.set('Authorization', authorization);
  return new globalThis.Request(new URL(path, 'http://localhost'), { headers });
}

/** A signed-in person asked for what the role does not include: nothing of it happened, and it is on record. */
async function recordRefusal({ request, context }: LoaderFunctionArgs, actor: Actor, error: PermissionError): Promise<void> {
  const { address, requestId } = context;
  await recordAuditAlone(actor.tenantId ?? PLATFORM_CHAIN, {
    action: 'permission.refuse',
    actor,
    origin: { address, requestId },
    outcome: 'refused',
    target: { kind: 'permission', id: new URL(request.url).pathname },
    after: { permission: error.permission, because: error.because },
  });
}

function guardRequests(env: Env): RequestHandler {
  const forVite = env.HASHINSIGHT_MODE === 'development';
  const hostRules = toHostRules(env);
  const isProduction = env.HASHINSIGHT_MODE === 'production';
  const options: ContextOptions = {
    publicOrigin: env.PUBLIC_ORIGIN,
    csrfKey: deriveCsrfKey(env.SESSION_SECRET),
    findSessionToken: (cookies) => findSessionToken(cookies, isProduction),
    findActor: (request) => getActor(toLookupRequest(request)),
  };
  return (request, response, next) => {
    const host = settleForwardedHost(request);
    const context = createRequestContext(request, response, host, options);
    response.locals.context = context;
    response.set({
      ...listSecurityHeaders({ nonce: context.cspNonce, secure: context.secure, forVite }),
      'X-Request-Id': context.requestId,
    });
    const { method, originalUrl, headers } = request;
    const hosts = [headers.host, host];
    const refusal = findRefusal({ method, url: originalUrl, hosts, contentLength: headers['content-length'], hostRules });
    if (refusal) refuse(request, response, refusal);
    else next();
  };
}

/** Counts the address, then the account or token. Only what carries a cookie or a token is asked who it is. */
function limitRequests(env: Env): RequestHandler {
  const deps: LimitDeps = { redis: getRedis(), log: getLog(), factor: env.RATE_LIMIT_FACTOR };
  const check = async (request: Request, response: Response): Promise<Refusal | null> => {
    const context: RequestContext = response.locals.context;
    const asked = { method: request.method, path: request.path, address: context.address };
    const byAddress = await limitAddress(deps, asked);
    response.set(byAddress.headers);
    const isKnown = request.headers.authorization !== undefined || request.headers.cookie !== undefined;
    if (byAddress.refusal !== null || !isKnown) return byAddress.refusal;
    const byActor = await limitActor(deps, asked, await context.getActor());
    response.set(byActor.headers);
    return byActor.refusal;
  };
  return (request, response, next) => {
    check(request, response).then((refusal) => (refusal === null ? next() : refuse(request, response, refusal)), next);
  };
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
  const guard = (build: ServerBuild) => guardBuild(build, { toSignIn: toSignInPath, onRefused: recordRefusal });
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
