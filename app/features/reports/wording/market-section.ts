/** Where every market figure of a report comes from and of when it is. */
import type { UsedFigure, UsedMarket } from '#app/features/api/economics/resolve-market.ts';
import { TH_PER_EH } from '#engine/units/constants.ts';
import { type Cell, type Section, type Table, textCell } from '../model/document.ts';
import { type Say, saySources } from './report-texts.ts';

const NAMES = ['priceUsdPerBtc', 'difficulty', 'height', 'feesBtcPerBlock', 'networkHashrateThs', 'epochElapsedS'] as const;
type Name = (typeof NAMES)[number];

export function toMarketSection(say: Say, market: UsedMarket): Section & { table: Table } {
  const { t } = say;
  const rows = NAMES.map((name): Cell[] => {
    const figure = market[name];
    return [
      textCell(t(`market.${name}`)),
      { text: figure === null ? t('market.notUsed') : sayValue(say, name, figure.value), value: figure?.value ?? null },
      textCell(figure === null ? '—' : saySource(say, figure)),
      textCell(figure === null ? '—' : sayTime(say, figure)),
    ];
  });
  return {
    id: 'market',
    title: t('market.title'),
    lead: t('market.lead'),
    chart: null,
    table: {
      caption: t('market.title'),
      columns: [
        { label: t('market.figure'), kind: 'text' },
        { label: t('market.value'), kind: 'number' },
        { label: t('market.source'), kind: 'text' },
        { label: t('market.age'), kind: 'text' },
      ],
      rows,
    },
  };
}

function sayValue({ format }: Say, name: Name, value: number): string {
  switch (name) {
    case 'priceUsdPerBtc':
      return format.usd(value, 2);
    case 'difficulty':
      return format.difficulty(value);
    case 'feesBtcPerBlock':
      return format.btc(value, 4);
    case 'networkHashrateThs':
      return format.number(value / TH_PER_EH, 1);
    default:
      return format.integer(value);
  }
}

function saySource(say: Say, { origin, source, sourceUrl }: UsedFigure): string {
  if (origin === 'request') return say.t('market.given');
  const name = saySources(say, source);
  return sourceUrl === null || !URL.canParse(sourceUrl) ? name : `${name} (${new URL(sourceUrl).host})`;
}

function sayTime({ t, format }: Say, { origin, at }: UsedFigure): string {
  if (origin === 'request') return t('market.given');
  if (at === null) return t('market.unknownTime');
  return origin === 'shipped' ? t('market.shipped', { at: format.date(at) }) : format.dateTime(at);
}
