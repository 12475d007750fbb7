// GET /scenarios/{id}/explanation: what changed since a scenario was saved.
import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import { ExplanationPage } from '#app/features/scenarios/explanation-page.tsx';
import { readExplanationPage } from '#app/features/scenarios/scenario-pages.server.ts';
import stylesheetUrl from '#app/features/scenarios/scenarios.css?url';
import { noStore } from '#app/platform/http/no-store.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';

export const handle = { i18n: ['scenarios', 'calculator', 'market'] };

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: stylesheetUrl }];

export const headers = noStore;

export async function loader(args: LoaderFunctionArgs) {
  const [view, t] = await Promise.all([readExplanationPage(args), i18nServer.getFixedT(args.request, 'scenarios')]);
  return { view, title: t('heading', { name: view.explanation.name }) };
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data === undefined ? [] : [{ title: `${data.title} – HashInsight` }, { name: 'robots', content: 'noindex' }];

export default function ScenarioExplanation() {
  return <ExplanationPage view={useLoaderData<typeof loader>().view} />;
}
