// GET and POST /scenarios: saved scenarios of the workspace; the address may carry the calculator's inputs.
import type { ActionFunctionArgs, LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actOnScenarios, readScenariosPage } from '#app/features/scenarios/scenario-pages.server.ts';
import stylesheetUrl from '#app/features/scenarios/scenarios.css?url';
import { ScenariosPage } from '#app/features/scenarios/scenarios-page.tsx';
import { noStore } from '#app/platform/http/no-store.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';

export const handle = { i18n: ['scenarios'] };

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: stylesheetUrl }];

export const headers = noStore;

export async function loader(args: LoaderFunctionArgs) {
  const [view, t] = await Promise.all([readScenariosPage(args), i18nServer.getFixedT(args.request, 'scenarios')]);
  return { view, title: t('list.title'), csrfToken: args.context.getCsrfToken() };
}

export function action(args: ActionFunctionArgs) {
  return actOnScenarios(args);
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data === undefined ? [] : [{ title: `${data.title} – HashInsight` }, { name: 'robots', content: 'noindex' }];

export default function Scenarios() {
  return <ScenariosPage view={useLoaderData<typeof loader>().view} result={useActionData<typeof action>() ?? null} />;
}
