/** The form of a site: read, checked by the schemas of the sites room, and carried out by its use cases. */

import { redirect } from '@remix-run/node';
import { toFault } from '#app/features/api/wire/fault.ts';
import { isUniqueViolation } from '#app/features/api/wire/unique-violation.ts';
import { readFleetReader } from '#app/features/monitoring/fleet-reader.server.ts';
import type { FormResult } from '#app/features/monitoring/form-fault.ts';
import { parseForm, readNumbers, readText, readTexts, sayFaults, toFaults } from '#app/features/monitoring/form-values.server.ts';
import { NewSiteSchema, SITE_FIELDS } from '#app/features/sites/sites/site-fields.ts';
import { changeSite, createSite, findSite, type SiteView } from '#app/features/sites/sites/site-store.server.ts';
import { PATHS, toSitePath } from '#app/paths.ts';
import type { RequestContext } from '#app/platform/http/load-context.ts';
import { isUuid } from '#app/platform/identifiers.ts';
import { PermissionError } from '#app/platform/permissions/require-permission.ts';
import { toTypedText } from '#app/ui/typed-number.ts';
import { SITE_NUMBERS, SITE_TEXTS, type SiteFormView } from './site-form.ts';

type Args = { request: Request; context: RequestContext };

const ranges = Object.fromEntries(
  SITE_NUMBERS.map((name) => [name, { min: SITE_FIELDS[name].min, max: SITE_FIELDS[name].max }]),
) as SiteFormView['ranges'];

export async function readNewSite({ context }: Args): Promise<SiteFormView> {
  const { may } = await readFleetReader(context);
  // Whoever looks after single sites adds none; the list has no link to here for them.
  if (!may.createSites) throw redirect(PATHS.sites);
  return {
    id: null,
    values: { timeZone: 'UTC', status: 'active', pollCadenceS: '60' },
    timeZones: Intl.supportedValuesOf('timeZone'),
    ranges,
  };
}

/** Throws a Response with 404 for a site that the reader does not see or change. */
export async function readSiteForm({ context }: Args, id: string): Promise<SiteFormView> {
  const { deps, caller, may } = await readFleetReader(context);
  if (!may.writeSites) throw new PermissionError('sites.write', 'scope');
  const site = isUuid(id) ? await findSite(deps, caller, id) : null;
  if (site === null) throw new Response(null, { status: 404 });
  return { id, values: toValues(site), timeZones: Intl.supportedValuesOf('timeZone'), ranges };
}

function toValues(site: SiteView): SiteFormView['values'] {
  const texts = SITE_TEXTS.map((name) => [name, site[name] ?? '']);
  const numbers = SITE_NUMBERS.map((name) => [name, typeof site[name] === 'number' ? toTypedText(site[name]) : '']);
  return Object.fromEntries([...texts, ...numbers]);
}

/** Goes to the site when it is done. */
export async function actOnSiteForm({ request, context }: Args, id: string | null): Promise<FormResult> {
  const { deps, caller } = await readFleetReader(context);
  const form = await request.formData();
  const given = { ...readTexts(form, SITE_TEXTS), ...readNumbers(form, SITE_NUMBERS) };
  // A site has a cadence, a name, a zone and a status; to leave them empty is to say nothing of them.
  for (const name of ['pollCadenceS', 'status', 'name', 'timeZone'] as const) if (given[name] === null) delete given[name];
  const values = Object.fromEntries([...SITE_TEXTS, ...SITE_NUMBERS].map((name) => [name, readText(form, name) ?? '']));
  const faulty = async (faults: Parameters<typeof sayFaults>[1]): Promise<FormResult> => ({
    kind: 'faulty',
    faults: await sayFaults(request, faults),
    values,
  });
  if (id !== null && !isUuid(id)) throw new Response(null, { status: 404 });
  try {
    // The form holds a whole site, so what a new one must have a changed one must have too.
    const parsed = parseForm(NewSiteSchema, given, SITE_FIELDS);
    if (parsed.kind === 'faulty') return faulty(parsed.faults);
    const outcome = id === null ? await createSite(deps, caller, parsed.value) : await changeSite(deps, caller, id, parsed.value);
    if (outcome.kind === 'not-found') throw new Response(null, { status: 404 });
    if (outcome.kind === 'refused') return faulty(toFaults(outcome.faults));
    throw redirect(id === null ? toSitePath(outcome.value.id) : toSitePath(id), 303);
  } catch (error) {
    if (isUniqueViolation(error)) return faulty([toFault('name', given.name ?? null, 'taken')]);
    throw error;
  }
}
