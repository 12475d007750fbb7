import { describe, expect, it } from 'vitest';
import { AlertActSchema } from '#app/features/alerts/read/alert-view.ts';
import { NewMachineSchema } from '#app/features/sites/machines/machine-fields.ts';
import { MachineFilterSchema } from '#app/features/sites/machines/machine-query.ts';
import { NewSiteSchema } from '#app/features/sites/sites/site-fields.ts';
import { explainIssues } from './explain-issues.ts';

const ID = '00000000-0000-4000-8000-000000000001';

describe('a text that no column takes', () => {
  it.each([
    ['the search of a list', MachineFilterSchema, { q: 'a\0b' }, 'q'],
    ['a serial number', NewMachineSchema, { siteId: ID, serial: '\0' }, 'serial'],
    ['a tag', NewMachineSchema, { siteId: ID, tags: ['hall 1', 'hall \ud83d'] }, 'tags[1]'],
    ['the name of a site', NewSiteSchema, { name: 'North\0', timeZone: 'UTC' }, 'name'],
    ['a comment', AlertActSchema, { comment: 'On\0my way' }, 'comment'],
  ])('is refused by name in %s', (_what, schema, given, field) => {
    const parsed = schema.safeParse(given);
    if (parsed.success) throw new Error('was taken');
    expect(explainIssues(parsed.error, given, [], {}).map((fault) => [fault.field, fault.code])).toEqual([[field, 'not_storable']]);
  });
});
