/** Watched signals over HTTP: the caller's own, in the workspace of the token. */

import { answerNotFound, answerWorkspace, toJson, type WorkspaceArgs, withBody } from '#app/features/api/wire/workspace-requests.server.ts';
import { getWatchDeps, readWatches, setWatch } from '#app/features/signal-watches/watch-store.server.ts';
import { SignalWatchSchema } from './signal-watch-schemas.ts';

export function answerSignalWatches(args: WorkspaceArgs): Promise<Response> {
  return answerWorkspace(args, {
    GET: async ({ caller }) => toJson(await readWatches(getWatchDeps(), caller.actor)),
    PUT: ({ request, caller }) =>
      withBody(request, SignalWatchSchema, {}, async (body) => {
        const watch = await setWatch(getWatchDeps(), caller.actor, body);
        return watch === null ? answerNotFound(request) : toJson(watch);
      }),
  });
}
