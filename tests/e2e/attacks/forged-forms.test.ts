// Forms that no page of ours sent, tried at every page that takes one.
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ROUTE_RULES } from '../../../app/platform/permissions/route-rules.ts';
import { query } from '../../support/attacker.ts';
import { forgetAttempts } from '../../support/forget-attempts.ts';
import { HttpBrowser } from '../../support/http-browser.ts';
import { type SeededWorkspace, seedWorkspace } from '../../support/seeded-workspace.ts';

let ours: SeededWorkspace;
let theirs: SeededWorkspace;

beforeAll(async () => {
  ours = await seedWorkspace();
  theirs = await seedWorkspace();
});
beforeEach(() => forgetAttempts());

/** Every page that takes a form, by its address. */
const FORM_PATHS = Object.entries(ROUTE_RULES)
  .filter(([name, { write, csrf }]) => write !== null && csrf === undefined && !name.startsWith('api.'))
  .map(([name]) => `/${name.replaceAll('_.', '/').replaceAll('.', '/')}`);

describe('forged forms', () => {
  it.each(
    FORM_PATHS,
  )('%s takes none: without a token, with an invented one, with one of another sign-in, or from another site', async (path) => {
    const browser = new HttpBrowser(ours.people.owner.cookie);
    const own = await browser.openForm('/members');
    const stranger = await new HttpBrowser(theirs.people.owner.cookie).openForm('/members');
    const guest = await new HttpBrowser().openForm('/sign-in');
    for (const csrf of ['', 'AAAA', stranger, guest, own.slice(0, -2)]) expect((await browser.post(path, { csrf })).status, csrf).toBe(403);
    const elsewhere: Record<string, string>[] = [
      { Origin: 'https://evil.example' },
      { Origin: 'null' },
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'same-site' },
      { 'Sec-Fetch-Site': 'none' },
    ];
    for (const headers of elsewhere) expect((await browser.post(path, { csrf: own }, headers)).status, JSON.stringify(headers)).toBe(403);
  });

  it('the API takes no request that only a cookie vouches for', async () => {
    const body = JSON.stringify({ hashrateThs: 200, powerW: 3500, powerUsdPerKwh: 0.05 });
    const headers = { 'Content-Type': 'application/json' };
    const withCookie = new HttpBrowser(ours.people.owner.cookie);
    expect((await withCookie.send('/api/v1/roi', { method: 'POST', body, headers })).status).toBe(403);
    expect((await new HttpBrowser().send('/api/v1/roi', { method: 'POST', body, headers })).status).toBe(200);
  });

  it('are on record in the workspace of whoever was signed in, once', async () => {
    const { text } = await new HttpBrowser(ours.people.owner.cookie).get('/audit?action=request.forgery');
    expect(text).toContain('Form not sent by a page of ours');
    const rows = await query<{ because: string; count: string }>(
      `SELECT body::jsonb -> 'after' ->> 'because' AS because, count(*) FROM audit_events WHERE tenant_id = $1 AND action = 'request.forgery' GROUP BY 1`,
      [ours.tenantId],
    );
    for (const { because, count } of rows) expect(count, because).toBe('1');
  });
});
