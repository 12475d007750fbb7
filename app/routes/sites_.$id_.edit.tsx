// GET and POST /sites/{id}/edit: a site changed.
import type { ActionFunctionArgs, LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import stylesheetUrl from '#app/features/monitoring/monitoring.css?url';
import { actOnSiteForm, readSiteForm } from '#app/features/monitoring/site/site-form.server.ts';
import { SiteFormPage } from '#app/features/monitoring/site/site-form-page.tsx';
import { noStore } from '#app/platform/http/no-store.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';

export const handle = { i18n: ['monitoring'] };

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: stylesheetUrl }];

export const headers = noStore;

export async function loader(args: LoaderFunctionArgs) {
  const [view, t] = await Promise.all([readSiteForm(args, args.params.id ?? ''), i18nServer.getFixedT(args.request, 'monitoring')]);
  return { view, title: t('site.edit', { name: view.values.name ?? '' }), csrfToken: args.context.getCsrfToken() };
}

export function action(args: ActionFunctionArgs) {
  return actOnSiteForm(args, args.params.id ?? '');
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data === undefined ? [] : [{ title: `${data.title} – HashInsight` }, { name: 'robots', content: 'noindex' }];

export default function SiteForm() {
  return <SiteFormPage view={useLoaderData<typeof loader>().view} result={useActionData<typeof action>() ?? null} />;
}
