// GET /market/forecast: price, difficulty and hash rate ahead, and what such forecasts were worth before.
import type { HeadersFunction, LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { parseCalculatorUrl, toCalculatorParams } from '#app/features/calculator/inputs/calculator-url.ts';
import { ForecastScreen } from '#app/features/forecasting/page/forecast-screen.tsx';
import stylesheetUrl from '#app/features/forecasting/page/forecasts.css?url';
import { readForecast } from '#app/features/forecasting/read-forecast.server.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';

export const handle = { i18n: ['forecasts', 'market'] };

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: stylesheetUrl }];

export async function loader({ request }: LoaderFunctionArgs) {
  const [t, price, difficulty, networkHashrate] = await Promise.all([
    i18nServer.getFixedT(request, 'forecasts'),
    readForecast('price'),
    readForecast('difficulty'),
    readForecast('networkHashrate'),
  ]);
  const inputs = toCalculatorParams(parseCalculatorUrl(new URL(request.url).searchParams).form).toString();
  return { price, difficulty, networkHashrate, inputs, title: t('page.title'), description: t('page.description') };
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data === undefined ? [] : [{ title: `${data.title} – HashInsight` }, { name: 'description', content: data.description }];

export const headers: HeadersFunction = () => ({ 'Cache-Control': 'private, no-cache' });

export default function MarketForecast() {
  return <ForecastScreen {...useLoaderData<typeof loader>()} />;
}
