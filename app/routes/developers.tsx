// GET /developers: the readable description of the API.
import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from '@remix-run/node';
import { useLoaderData } from '@remix-run/react';
import stylesheetUrl from '#app/features/api/developers/developers.css?url';
import { readDevelopersView } from '#app/features/api/developers/developers.server.ts';
import { DevelopersPage } from '#app/features/api/developers/developers-page.tsx';

export const handle = { i18n: ['developers'] };

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: stylesheetUrl }];

export function loader({ request, context }: LoaderFunctionArgs) {
  return readDevelopersView(request, context.publicOrigin);
}

export const meta: MetaFunction<typeof loader> = ({ data }) =>
  data === undefined ? [] : [{ title: `${data.title} – HashInsight` }, { name: 'description', content: data.description }];

export default function Developers() {
  return <DevelopersPage view={useLoaderData<typeof loader>()} />;
}
