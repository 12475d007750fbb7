// GET and POST /alerts/settings/rules/{rule}: one rule in the workspace, or on the site that the address names.
import type { ActionFunctionArgs, LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useActionData, useLoaderData } from '@remix-run/react';
import { actOnRule, readRulePage } from '#app/features/monitoring/alert-settings/rule-form.server.ts';
import { RulePage } from '#app/features/monitoring/alert-settings/rule-page.tsx';
import stylesheetUrl from '#app/features/monitoring/monitoring.css?url';
import { noStore } from '#app/platform/http/no-store.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';

export const handle = { i18n: ['alert-settings', 'alerts', 'monitoring'] };

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: stylesheetUrl }];

export const headers = noStore;

export async function loader(args: LoaderFunctionArgs) {
  const [view, t] = await Promise.all([readRulePage(args, args.params.rule), i18nServer.getFixedT(args.request, 'alerts')]);
  return { view, title: t(`rule.${view.rule}.name`), csrfToken: args.context.getCsrfToken() };
}

export function action(args: ActionFunctionArgs) {
  return actOnRule(args, args.params.rule);
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data === undefined ? [] : [{ title: `${data.title} – HashInsight` }, { name: 'robots', content: 'noindex' }];

export default function AlertRule() {
  return <RulePage view={useLoaderData<typeof loader>().view} result={useActionData<typeof action>() ?? null} />;
}
