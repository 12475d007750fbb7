/** What the page of indicators reads of watches, and does when a switch is pressed. */
import { redirect } from '@remix-run/node';
import { PATHS } from '#app/paths.ts';
import type { RequestContext } from '#app/platform/http/load-context.ts';
import { can } from '#app/platform/permissions/can.ts';
import { getWatchDeps, readWatches, setWatch } from './watch-store.server.ts';
import type { WatchPageView } from './watch-view.ts';

type PageArgs = { request: Request; context: Pick<RequestContext, 'getActor' | 'getCsrfToken'> };

/** The token for the switches comes with them; a guest has none. */
export async function readWatchPage({ context }: PageArgs): Promise<{ watching: WatchPageView; csrfToken: string | null }> {
  const actor = await context.getActor();
  if (actor.tenantId === null || !can(actor, 'signals.watch')) return { watching: { kind: 'guest' }, csrfToken: null };
  return { watching: { kind: 'member', ...(await readWatches(getWatchDeps(), actor)) }, csrfToken: context.getCsrfToken() };
}

/** Back to the picture that the switch stands below. 400 for a signal that there is not. */
export async function actOnWatch({ request, context }: PageArgs): Promise<Response> {
  const form = await request.formData();
  const asked = { signal: String(form.get('signal') ?? ''), isWatched: form.get('intent') === 'watch' };
  const done = await setWatch(getWatchDeps(), await context.getActor(), asked);
  if (done === null) throw new Response(null, { status: 400 });
  return redirect(`${PATHS.marketIndicators}${new URL(request.url).search}#signals-title`, 303);
}
