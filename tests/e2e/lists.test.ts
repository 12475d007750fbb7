// A workspace's saved lists by pages and forms alone, in both languages: opened, named, shared and withdrawn, computed again, compared, reported, deleted.
import { beforeAll, describe, expect, it } from 'vitest';
import { CSRF_HEADER } from '../../app/platform/http/csrf-names.ts';
import { getTestOrigin } from '../support/chromium.ts';
import { type SeededWorkspace, seedWorkspace } from '../support/seeded-workspace.ts';

const LIST = 'Model,Qty,Electricity,Price\nS19j Pro,10,0.05,900\nS21,x,0.05,3000\nS21,4,0.06,3000\n';
const DEFAULTS = { horizonMonths: 24, priceUsdPerBtc: 90_000, difficulty: 1.48e14, height: 930_000, feesBtcPerBlock: 0.02 };

let workspace: SeededWorkspace;
let headers: Record<string, string>;
let token: string;

const at = (path: string, init: RequestInit = {}) =>
  fetch(`${getTestOrigin()}${path}`, { redirect: 'manual', ...init, headers: { ...headers, ...init.headers } });
const textOf = async (path: string) => (await at(path)).text();
const send = (path: string, fields: Record<string, string>) =>
  at(path, { method: 'POST', body: new URLSearchParams({ csrf: token, ...fields }) });

beforeAll(async () => {
  workspace = await seedWorkspace();
  const { cookie } = workspace.people.operator;
  const page = await fetch(`${getTestOrigin()}/profile`, { headers: { Cookie: cookie } });
  token = /name="csrf"[^>]*value="([^"]+)"/.exec(await page.text())?.[1] ?? '';
  const set = page.headers.getSetCookie().map((line) => line.split(';')[0]);
  headers = { Cookie: [cookie, ...set].join('; '), Origin: getTestOrigin(), 'Sec-Fetch-Site': 'same-origin' };
});

async function upload(name: string): Promise<string> {
  const form = new FormData();
  form.set('file', new File([LIST], 'fleet.csv', { type: 'text/csv' }));
  form.set('defaults', JSON.stringify(DEFAULTS));
  form.set('name', name);
  const created = await at('/api/v1/batches', { method: 'POST', body: form, headers: { [CSRF_HEADER]: token } });
  const { id } = (await created.json()) as { id: string };
  await textOf(`/api/v1/batches/${id}/events`);
  return id;
}

describe('saved lists', () => {
  it('are empty at first, and the page says how to fill it, in both languages', async () => {
    expect(await textOf('/batches?lng=en')).toContain('No list is saved yet');
    expect(await textOf('/batches?lng=zh')).toContain('还没有已存清单');
  });

  it('are opened, named, shared, withdrawn, computed again, compared, reported and deleted', { timeout: 60_000 }, async () => {
    const id = await upload('Autumn');
    const page = `/batches/${id}`;
    expect(await textOf('/batches?lng=zh')).toContain('Autumn');
    const zh = await textOf(`${page}?lng=zh`);
    expect(zh).toContain('共 3 行：算出 2 行，出错 1 行，跳过 0 行');
    expect(zh).toContain('不是数字');
    const en = await textOf(`${page}?lng=en`);
    expect(en).toContain('3 rows: 2 computed, 1 in error, 0 left out');

    expect(await (await send(page, { intent: 'rename', name: 'Winter' })).text()).toContain('Winter');
    const link = /\/shared\/lists\/[\w-]+/.exec(await (await send(page, { intent: 'share' })).text())?.[0] ?? '';
    const seen = await fetch(`${getTestOrigin()}${link}?lng=en`);
    expect(seen.status).toBe(200);
    const shared = await seen.text();
    expect(shared).toContain('Winter');
    expect(shared).not.toContain('<form method="post"');
    expect(shared).not.toContain('fleet.csv');
    const file = await fetch(`${getTestOrigin()}${link}/rows.csv?lng=zh`);
    expect(file.headers.get('Content-Disposition')).toContain("filename*=UTF-8''Winter.csv");
    const [header, ...rows] = (await file.text()).trim().split('\r\n');
    expect(header).toContain('净收益');
    expect(rows.map((row) => row.split(',').slice(0, 5))).toEqual([
      ['2', 'S19j Pro', 'Antminer S19j Pro', expect.any(String), '10'],
      ['4', 'S21', 'Antminer S21', expect.any(String), '4'],
    ]);
    expect(await textOf(`${page}/rows.csv?lng=zh`)).toBe(await (await fetch(`${getTestOrigin()}${link}/rows.csv?lng=zh`)).text());
    await send(page, { intent: 'unshare' });
    const gone = await fetch(`${getTestOrigin()}${link}?lng=en`);
    expect([gone.status, await gone.text()]).toEqual([404, expect.stringContaining('This link shows nothing any more')]);
    expect((await fetch(`${getTestOrigin()}${link}/rows.csv`)).status).toBe(404);

    const again = {
      price: '90000',
      difficulty: '148',
      months: '36',
      growth: '1',
      rise: '0',
      discount: '10',
      power: '',
      pool: '2',
      uptime: '97',
      decay: '0',
      pue: '1',
    };
    expect(await (await send(`${page}?lng=en`, { intent: 'again', ...again, uptime: '140' })).text()).toContain('Uptime, %: 0 to 100.');
    const copied = await send(page, { intent: 'again', ...again });
    const copy = copied.headers.get('Location')?.split('/').at(-1) ?? '';
    await textOf(`/api/v1/batches/${copy}/events`);
    expect(await textOf(`/batches/compare?id=${id}&id=${copy}&lng=en`)).toContain('The difference is the second less the first');

    const order = `/reports/new?list=${id}`;
    expect(await textOf(`${order}&lng=en`)).toContain('The list Winter, 2 rows');
    for (const wrong of [
      { format: 'exe', language: 'zh' },
      { format: 'xlsx', language: 'tlh' },
    ]) {
      const refused = await send(`${order}&lng=en`, wrong);
      expect([refused.status, await refused.text()]).toEqual([
        200,
        expect.stringContaining(wrong.format === 'exe' ? ': format' : ': language'),
      ]);
    }
    const ordered = await send(order, { format: 'xlsx', language: 'zh' });
    expect(ordered.headers.get('Location')).toMatch(/^\/reports\//);

    const deleted = await send(page, { intent: 'delete' });
    expect(deleted.headers.get('Location')).toBe('/batches');
    expect((await at(page)).status).toBe(404);
  });

  it('of others are not found, reported or shown', async () => {
    const id = await upload('Ours');
    const other = await seedWorkspace();
    const theirs = { Cookie: other.people.operator.cookie };
    expect((await fetch(`${getTestOrigin()}/batches/${id}`, { headers: theirs })).status).toBe(404);
    expect((await fetch(`${getTestOrigin()}/batches/${id}/rows.csv`, { headers: theirs })).status).toBe(404);
    expect((await fetch(`${getTestOrigin()}/reports/new?list=${id}`, { headers: theirs })).status).toBe(404);
  });
});
