// GET /market/indicators: indicators over the stored candles, what their signals were worth, and who is told of them. POST: a switch beside a signal.
import {
  type ActionFunctionArgs,
  data,
  type HeadersFunction,
  type LinksFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { readIndicatorPage } from '#app/features/indicators/page/indicator-page.server.ts';
import stylesheetUrl from '#app/features/indicators/page/indicators.css?url';
import { actOnWatch, readWatchPage } from '#app/features/signal-watches/watch-page.server.ts';
import { WatchedIndicators } from '#app/features/signal-watches/watched-indicators.tsx';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';

export const handle = { i18n: ['indicators', 'signal-watches', 'chart', 'market'] };

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: stylesheetUrl }];

export async function loader(args: LoaderFunctionArgs) {
  const [t, page, watches] = await Promise.all([
    i18nServer.getFixedT(args.request, 'indicators'),
    readIndicatorPage(new URL(args.request.url)),
    readWatchPage(args),
  ]);
  const view = { page, ...watches, title: t('page.title'), description: t('page.description') };
  // A parameter that cannot be is the caller's mistake, said beside its field.
  return data(view, { status: page.faults.length > 0 ? 400 : 200 });
}

export function action(args: ActionFunctionArgs) {
  return actOnWatch(args);
}

export const meta: MetaFunction<typeof loader> = ({ data: view }) =>
  view === undefined ? [] : [{ title: `${view.title} – HashInsight` }, { name: 'description', content: view.description }];

export const headers: HeadersFunction = () => ({ 'Cache-Control': 'private, no-cache' });

export default function MarketIndicators() {
  const { page, watching } = useLoaderData<typeof loader>();
  return <WatchedIndicators page={page} watching={watching} />;
}
