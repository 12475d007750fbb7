/** Many machines changed from the list: first counted, then done with the count that was seen. */

import { readFleetReader } from '#app/features/monitoring/fleet-reader.server.ts';
import { parseForm, readText, sayFaults, toFaults } from '#app/features/monitoring/form-values.server.ts';
import { bulkEdit } from '#app/features/sites/machines/bulk-edit.server.ts';
import { type BulkEdit, BulkEditSchema } from '#app/features/sites/machines/bulk-edit-request.ts';
import { MACHINE_RANGES } from '#app/features/sites/machines/machine-fields.ts';
import type { RequestContext } from '#app/platform/http/load-context.ts';
import type { BulkResult } from './bulk-form.ts';
import { readMachinesQuery } from './machines-query.ts';

/** `status=maintenance`: what is changed, and to what; tags and clients come from a field of their own. */
function readChange(form: FormData): Record<string, unknown> {
  const [field = '', value = ''] = (readText(form, 'change') ?? '').split('=');
  switch (field) {
    case 'addTags':
    case 'removeTags':
      return { [field]: [readText(form, 'tag') ?? ''] };
    case 'clientId':
      return { clientId: value === '' ? null : value };
    default:
      return field === '' ? {} : { [field]: value };
  }
}

export async function actOnMachines({ request, context }: { request: Request; context: RequestContext }): Promise<BulkResult> {
  const { deps, caller } = await readFleetReader(context);
  const form = await request.formData();
  const scope = readText(form, 'scope') === 'filter' ? 'filter' : 'chosen';
  const ids = form.getAll('machine').filter((id) => typeof id === 'string');
  const filterText = readText(form, 'filter') ?? '';
  const sent = { scope, ids, filter: filterText, change: readText(form, 'change') ?? '', tag: readText(form, 'tag') ?? '' } as const;
  const change = readChange(form);
  if (Object.keys(change).length === 0) return { kind: 'refused', reason: 'noChange', faults: [], sent };
  if (scope === 'chosen' && ids.length === 0) return { kind: 'refused', reason: 'noneChosen', faults: [], sent };
  const expected = readText(form, 'expected') ?? '';
  const isPreview = !/^\d{1,6}$/.test(expected);
  const query = readMachinesQuery(new URLSearchParams(filterText));
  if (scope === 'filter' && query.isFaulty) return { kind: 'refused', reason: 'filter', faults: [], sent };
  const parsed = parseForm(
    BulkEditSchema,
    {
      ...(scope === 'filter' ? { filter: query.filter } : { ids }),
      change,
      ...(isPreview ? { preview: true } : { expected: Number(expected) }),
    },
    MACHINE_RANGES,
  );
  if (parsed.kind === 'faulty') return { kind: 'refused', reason: 'faults', faults: await sayFaults(request, parsed.faults), sent };
  const edit: BulkEdit = parsed.value;
  const outcome = await bulkEdit(deps, caller, edit);
  if (outcome.kind === 'refused')
    return { kind: 'refused', reason: 'faults', faults: await sayFaults(request, toFaults(outcome.faults)), sent };
  const { fitting, changed } = outcome;
  return isPreview ? { kind: 'preview', fitting, changed, sent } : { kind: 'done', fitting, changed };
}
