/** Sites, the places on them and the clients of a workspace, over HTTP (decision 0093). */

import {
  answerChange,
  answerNotFound,
  answerWorkspace,
  toJson,
  type WorkspaceArgs,
  withBody,
  withId,
} from '#app/features/api/wire/workspace-requests.server.ts';
import { ClientChangeSchema, NewClientSchema } from '#app/features/sites/clients/client-fields.ts';
import { changeClient, createClient, listClients } from '#app/features/sites/clients/client-store.server.ts';
import { getSitesDeps } from '#app/features/sites/scope.server.ts';
import { changePlace, createPlace, deletePlace, listPlaces } from '#app/features/sites/sites/place-store.server.ts';
import {
  NewPlaceSchema,
  NewSiteSchema,
  PLACE_FIELDS,
  PlaceChangeSchema,
  SITE_FIELDS,
  SiteChangeSchema,
} from '#app/features/sites/sites/site-fields.ts';
import { changeSite, createSite, findSite, listSites } from '#app/features/sites/sites/site-store.server.ts';
import { PATHS } from '#app/paths.ts';

type Ids = { id?: string; placeId?: string };

export function answerSites(args: WorkspaceArgs): Promise<Response> {
  return answerWorkspace(args, {
    GET: async ({ caller }) => toJson({ sites: await listSites(getSitesDeps(), caller) }),
    POST: ({ request, caller }) =>
      withBody(request, NewSiteSchema, SITE_FIELDS, async (body) =>
        answerChange(request, await createSite(getSitesDeps(), caller, body), (site) =>
          toJson(site, 201, { Location: `${PATHS.apiSites}/${site.id}` }),
        ),
      ),
  });
}

export function answerSite(args: WorkspaceArgs, { id = '' }: Ids): Promise<Response> {
  return answerWorkspace(args, {
    GET: ({ request, caller }) =>
      withId(request, [id], async () => {
        const site = await findSite(getSitesDeps(), caller, id);
        return site === null ? answerNotFound(request) : toJson(site);
      }),
    PATCH: ({ request, caller }) =>
      withId(request, [id], () =>
        withBody(request, SiteChangeSchema, SITE_FIELDS, async (body) =>
          answerChange(request, await changeSite(getSitesDeps(), caller, id, body), (site) => toJson(site)),
        ),
      ),
  });
}

export function answerPlaces(args: WorkspaceArgs, { id = '' }: Ids): Promise<Response> {
  return answerWorkspace(args, {
    GET: ({ request, caller }) =>
      withId(request, [id], async () => {
        const places = await listPlaces(getSitesDeps(), caller, id);
        return places === null ? answerNotFound(request) : toJson({ places });
      }),
    POST: ({ request, caller }) =>
      withId(request, [id], () =>
        withBody(request, NewPlaceSchema, PLACE_FIELDS, async (body) =>
          answerChange(request, await createPlace(getSitesDeps(), caller, id, body), (place) => toJson(place, 201)),
        ),
      ),
  });
}

export function answerPlace(args: WorkspaceArgs, { id = '', placeId = '' }: Ids): Promise<Response> {
  const at = { siteId: id, id: placeId };
  return answerWorkspace(args, {
    PATCH: ({ request, caller }) =>
      withId(request, [id, placeId], () =>
        withBody(request, PlaceChangeSchema, PLACE_FIELDS, async (body) =>
          answerChange(request, await changePlace(getSitesDeps(), caller, at, body), (place) => toJson(place)),
        ),
      ),
    DELETE: ({ request, caller }) =>
      withId(request, [id, placeId], async () =>
        answerChange(request, await deletePlace(getSitesDeps(), caller, at), () => new Response(null, { status: 204 })),
      ),
  });
}

export function answerClients(args: WorkspaceArgs): Promise<Response> {
  return answerWorkspace(args, {
    GET: async ({ caller }) => toJson({ clients: await listClients(getSitesDeps(), caller) }),
    POST: ({ request, caller }) =>
      withBody(request, NewClientSchema, {}, async (body) =>
        answerChange(request, await createClient(getSitesDeps(), caller, body), (client) => toJson(client, 201)),
      ),
  });
}

export function answerClient(args: WorkspaceArgs, { id = '' }: Ids): Promise<Response> {
  return answerWorkspace(args, {
    PATCH: ({ request, caller }) =>
      withId(request, [id], () =>
        withBody(request, ClientChangeSchema, {}, async (body) =>
          answerChange(request, await changeClient(getSitesDeps(), caller, id, body), (client) => toJson(client)),
        ),
      ),
  });
}
