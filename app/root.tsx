// The document around every page: language, styles, header, footer, and what is shown when a page fails.
import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import type { ShouldRevalidateFunctionArgs } from '@remix-run/react';
import {
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useLocation,
  useMatches,
  useRouteError,
  useRouteLoaderData,
} from '@remix-run/react';
import { type ReactNode, useContext } from 'react';
import { countOpen } from './features/alerts/read/open-alerts.server.ts';
import { getSitesDeps, toSitesCaller } from './features/sites/scope.server.ts';
import { StayBanner } from './features/workspaces/stay-banner.tsx';
import { type CurrentStay, findCurrentStay } from './features/workspaces/stays.server.ts';
import { PATHS, toCanonicalHref } from './paths.ts';
import { getEnv } from './platform/env.server.ts';
import { NonceContext } from './platform/http/nonce-context.ts';
import { detectLanguage, findChosenLanguage } from './platform/i18n/detect-language.ts';
import { i18nServer } from './platform/i18n/i18n.server.ts';
import { HTML_LANG, LANGUAGES } from './platform/i18n/languages.ts';
import { listTextsUrls } from './platform/i18n/texts-in-browser.ts';
import { useLocale } from './platform/i18n/use-language.ts';
import { getLog } from './platform/log.server.ts';
import { can } from './platform/permissions/can.ts';
import { ErrorPage, toErrorKind } from './ui/error-page.tsx';
import { type FontFiles, findChineseFont } from './ui/fonts/chinese-font.server.ts';
import { CONTENT_ID, Footer, Header, NO_PAGES, type WorkspacePages } from './ui/frame.tsx';
import stylesheetUrl from './ui/styles/index.css?url';

export const links: LinksFunction = () => [
  { rel: 'stylesheet', href: stylesheetUrl },
  { rel: 'icon', href: '/favicon.svg', type: 'image/svg+xml' },
];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const t = await i18nServer.getFixedT(request, 'frame');
  return {
    ...(await readReader(context)),
    isDemo: getEnv().HASHINSIGHT_MODE === 'demo',
    publicOrigin: context.publicOrigin,
    chineseFont: findChineseFont(detectLanguage(request), request.headers.get('User-Agent')),
    title: t('site.title'),
    description: t('site.description'),
    errorTitles: {
      notFound: t('error.notFound.title'),
      notAllowed: t('error.notAllowed.title'),
      forbidden: t('error.forbidden.title'),
      formOutdated: t('error.formOutdated.title'),
      refused: t('error.refused.title'),
      failed: t('error.failed.title'),
    },
  };
}

type Reader = { isSignedIn: boolean; may: WorkspacePages; openAlerts: number | null; stay: CurrentStay | null; csrfToken: string | null };

/** For header, footer and the strip of platform staff only: a page that everybody may see is shown even when nobody can be asked who is looking. */
async function readReader(context: LoaderFunctionArgs['context']): Promise<Reader> {
  const actor = await context.getActor().catch((error: unknown) => {
    getLog().warn('page.actor-unknown', { error });
    return null;
  });
  if (actor === null) return { isSignedIn: false, may: NO_PAGES, openAlerts: null, stay: null, csrfToken: null };
  const may = {
    members: can(actor, 'users.read'),
    audit: can(actor, 'audit.read'),
    reports: can(actor, 'reports.read'),
    lists: can(actor, 'batches.read') && actor.tenantId !== null,
    scenarios: can(actor, 'scenarios.read') && actor.tenantId !== null,
    fleet: can(actor, 'telemetry.read') && actor.tenantId !== null,
    alerts: can(actor, 'alerts.read') && actor.tenantId !== null,
    enterWorkspace: actor.isStaff,
  };
  const [stay, openAlerts] = await Promise.all([findCurrentStay(actor), may.alerts ? countOpenAlerts(context) : null]);
  // The strip has a form of its own on every page; elsewhere pages without a form set no cookie.
  return { isSignedIn: actor.userId !== null, may, openAlerts, stay, csrfToken: stay === null ? null : context.getCsrfToken() };
}

/** A number beside a link is no reason to show no page. */
async function countOpenAlerts(context: LoaderFunctionArgs['context']): Promise<number | null> {
  try {
    return await countOpen(getSitesDeps(), await toSitesCaller(context));
  } catch (error) {
    getLog().warn('page.alerts-uncounted', { error });
    return null;
  }
}

const FLEET = [PATHS.sites, PATHS.machines, PATHS.alerts, PATHS.energy];

/** Nothing of this changes without a new document but the number of open alerts, which is read again on the way to a page about the fleet. */
export function shouldRevalidate({ currentUrl, nextUrl }: ShouldRevalidateFunctionArgs): boolean {
  return currentUrl.pathname !== nextUrl.pathname && FLEET.some((path) => nextUrl.pathname.startsWith(path));
}

/** Pages without a `meta` of their own. */
export const meta: MetaFunction<typeof loader> = ({ data, error }) => {
  if (!data) return [{ title: 'HashInsight' }];
  if (error) return [{ title: `${data.errorTitles[toErrorKind(error)]} – HashInsight` }, { name: 'robots', content: 'noindex' }];
  return [{ title: data.title }, { name: 'description', content: data.description }];
};

function AlternateLinks({ origin }: { origin: string }) {
  const { pathname, search } = useLocation();
  const chosen = findChosenLanguage(`${origin}${pathname}${search}`);
  return (
    <>
      <link rel="canonical" href={toCanonicalHref(origin, pathname, chosen)} />
      {LANGUAGES.map((language) => (
        <link key={language} rel="alternate" hrefLang={language} href={toCanonicalHref(origin, pathname, language)} />
      ))}
      <link rel="alternate" hrefLang="x-default" href={toCanonicalHref(origin, pathname, null)} />
    </>
  );
}

function FontLinks({ font, nonce }: { font: FontFiles; nonce: string | undefined }) {
  return (
    <>
      {font.fontUrls.map((url) => (
        <link key={url} rel="preload" as="font" type="font/woff2" crossOrigin="anonymous" href={url} />
      ))}
      <link rel="stylesheet" href={font.stylesheetUrl} />
      {font.holdPaintScript === null ? null : (
        // biome-ignore lint/security/noDangerouslySetInnerHtml: our own constant, run before the page is painted
        <script nonce={nonce} suppressHydrationWarning dangerouslySetInnerHTML={{ __html: font.holdPaintScript }} />
      )}
    </>
  );
}

export function Layout({ children }: { children: ReactNode }) {
  const locale = useLocale();
  const nonce = useContext(NonceContext);
  const error = useRouteError();
  const handles = useMatches().map((match) => match.handle);
  // Absent when the root's own loader failed; the page then does without what only the server knows.
  const data = useRouteLoaderData<typeof loader>('root');
  return (
    <html lang={HTML_LANG[locale]}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        {data?.chineseFont ? <FontLinks font={data.chineseFont} nonce={nonce} /> : null}
        <Meta />
        <Links />
        {data?.publicOrigin && !error ? <AlternateLinks origin={data.publicOrigin} /> : null}
        {listTextsUrls(locale, handles).map((url) => (
          <link key={url} rel="preload" as="fetch" crossOrigin="anonymous" href={url} />
        ))}
      </head>
      <body>
        <Header isDemo={data?.isDemo === true} isSignedIn={data?.isSignedIn === true} may={data?.may ?? NO_PAGES} />
        {data?.stay ? <StayBanner stay={data.stay} /> : null}
        <div id={CONTENT_ID} tabIndex={-1}>
          {children}
        </div>
        <Footer may={data?.may ?? NO_PAGES} />
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  );
}

export default function App() {
  return <Outlet />;
}

export function ErrorBoundary() {
  return <ErrorPage error={useRouteError()} />;
}
