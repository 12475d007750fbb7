/** What was seen and what it was held against, in words. Pure. */
import type { TFunction } from 'i18next';
import type { Format } from '#app/ui/format.ts';
import type { Evidence } from '../rules/checks.ts';
import type { RuleId } from '../rules/rule-table.ts';

type T = TFunction<'alerts'>;
type Value = number | string;
type Say = (value: Value) => string;
type Sentence = 'rated' | 'usual' | 'peers' | 'of' | 'above' | 'changed' | 'expected' | 'only';

function findWords(t: T, format: Format, rule: RuleId): { sentence: Sentence; say: Say } | null {
  const hashrate: Say = (value) => format.hashrate(Number(value));
  const celsius: Say = (value) => t('unit.celsius', { value: format.integer(Number(value)) });
  const plain: Say = String;
  switch (rule) {
    case 'zero-hashrate':
    case 'low-hashrate':
      return { sentence: 'rated', say: hashrate };
    case 'below-baseline':
      return { sentence: 'usual', say: hashrate };
    case 'below-peers':
      return { sentence: 'peers', say: hashrate };
    case 'hotter-than-peers':
      return { sentence: 'peers', say: celsius };
    case 'boards-lost':
      return { sentence: 'of', say: (value) => t('unit.boards', { value: format.integer(Number(value)) }) };
    case 'chips-lost':
      return { sentence: 'of', say: (value) => t('unit.chips', { value: format.integer(Number(value)) }) };
    case 'hot-warn':
    case 'hot-critical':
      return { sentence: 'above', say: celsius };
    case 'fan-stopped':
      return { sentence: 'only', say: (value) => t('unit.rpm', { value: format.integer(Number(value)) }) };
    case 'rejects':
      return { sentence: 'above', say: (value) => format.percent(Number(value)) };
    case 'hardware-errors':
      return { sentence: 'above', say: (value) => t('unit.perHour', { value: format.integer(Number(value)) }) };
    case 'wrong-pool':
      return { sentence: 'expected', say: plain };
    case 'firmware-changed':
      return { sentence: 'changed', say: plain };
    case 'clock-skew':
      return { sentence: 'above', say: (value) => t('unit.seconds', { value: format.integer(Number(value)) }) };
    case 'unknown-state':
      return { sentence: 'only', say: (value) => (value === 'garbled' || value === 'denied' ? t(`trouble.${value}`) : String(value)) };
    case 'not-coming-up':
      return { sentence: 'only', say: (value) => t('unit.restarts', { value: format.integer(Number(value)) }) };
    case 'offline':
    case 'not-read':
    case 'wrong-worker':
      return null;
  }
}

/** Null: there is nothing to say. Of a pair whose other half is unknown only the one. */
export function sayEvidence(t: T, format: Format, rule: RuleId, { seen = null, limit = null }: Evidence): string | null {
  const words = findWords(t, format, rule);
  if (words === null || seen === null) return null;
  const { sentence, say } = words;
  if (limit === null || sentence === 'only') return t('evidence.only', { seen: say(seen) });
  return t(`evidence.${sentence}`, { seen: say(seen), limit: say(limit) });
}
