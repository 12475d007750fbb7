import i18next from 'i18next';
import { beforeAll, expect, it } from 'vitest';
import { createFormat } from '#app/ui/format.ts';
import en from '../../../locales/en/monitoring.json';
import zh from '../../../locales/zh/monitoring.json';
import { type ChangeWords, sayChange, type ToldChange } from './say-change.ts';

let english: ChangeWords;
let chinese: ChangeWords;
beforeAll(async () => {
  const instance = i18next.createInstance();
  await instance.init({
    resources: { en: { monitoring: en }, zh: { monitoring: zh } },
    defaultNS: 'monitoring',
    interpolation: { escapeValue: false },
  });
  english = { t: instance.getFixedT('en', 'monitoring'), format: createFormat('en') };
  chinese = { t: instance.getFixedT('zh', 'monitoring'), format: createFormat('zh') };
});

const change = (values: Partial<ToldChange>): ToldChange => ({
  field: 'firmware',
  from: null,
  to: null,
  fromName: null,
  toName: null,
  ...values,
});

it('names what an id names, and says so when it is gone', () => {
  const moved = change({ field: 'rackId', from: 'a-uuid', to: 'another', toName: 'Rack 7' });
  expect(sayChange(moved, english)).toBe('Rack: gone → Rack 7');
  expect(sayChange(moved, chinese)).toBe('机架：已不存在 → Rack 7');
});

it.each([
  [change({ from: 'Braiins', to: null }), 'Firmware: Braiins → —', '固件：Braiins → —'],
  [change({ field: 'approval', from: 'draft', to: 'pending' }), 'Approval: Draft → Pending', '审批：草稿 → 待审批'],
  [change({ field: 'status', from: 'active', to: 'retired' }), 'Status: Active → Retired', '状态：在用 → 退役'],
  [change({ field: 'ratedPowerW', from: 3_010, to: 3_250 }), 'Rated power: 3,010 W → 3,250 W', '额定功率：3,010 W → 3,250 W'],
  [change({ field: 'catalogueId', from: null, to: 's21' }), 'Catalogue entry: — → s21', '目录型号：— → s21'],
  [change({ field: 'tags', from: [], to: ['a', 'b'] }), 'Tags: — → a and b', '标签：— → a和b'],
])('says %j in words', (one, inEnglish, inChinese) => {
  expect(sayChange(one, english)).toBe(inEnglish);
  expect(sayChange(one, chinese)).toBe(inChinese);
});
