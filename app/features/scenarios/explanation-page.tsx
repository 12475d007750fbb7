/** What changed since a scenario was saved. Works without script. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { EXPLAINED_GROUPS, type ExplainedGroup } from '#app/features/explanation/explain-change.ts';
import { PATHS, toScenarioPath } from '#app/paths.ts';
import { useLocale } from '#app/platform/i18n/use-language.ts';
import { createAmounts } from '#app/ui/amounts.ts';
import { Unknown } from '#app/ui/figure.tsx';
import { createFormat } from '#app/ui/format.ts';
import { KeptPagesNav } from '#app/ui/own-pages-nav.tsx';
import {
  type ScenarioWords,
  sayChange,
  sayFieldName,
  sayFigure,
  sayInputName,
  sayInputValue,
  sayMarketValue,
  sayUnsplit,
} from './say-input.ts';
import type { FigureExplanation, MarketThenNow, ScenarioExplanation, UsedMarketFigure } from './scenario-answer.ts';
import type { ExplanationView } from './scenario-views.ts';
import { WaterfallPart } from './waterfall-part.tsx';

/** Shown as charts; the table below has all of them. */
const CHARTED = ['npvUsd', 'netUsdPerDay', 'paybackMonths'] as const;

export function ExplanationPage({ view }: { view: ExplanationView }) {
  const { t } = useTranslation(['scenarios', 'calculator', 'market']);
  const format = createFormat(useLocale());
  const words: ScenarioWords = { t, format, amounts: createAmounts(format, view.shown) };
  const wordsThen: ScenarioWords = { ...words, amounts: createAmounts(format, view.shownThen) };
  const { explanation } = view;
  const groups = EXPLAINED_GROUPS.filter((group) => group !== 'exchangeRate' || explanation.exchangeRate !== null);
  // Amounts in yuan come at the rate of their moment already.
  const wordsOfFigures: ScenarioWords = { ...words, amounts: createAmounts(format, { ...view.shown, moneyPerUsd: 1 }) };
  const figures = explanation.figures.map(({ inYuan, ...figure }) => {
    const shown = { ...figure, inYuan, ...inYuan };
    return { ...shown, contributions: shown.contributions?.filter(({ group }) => groups.includes(group)) ?? null };
  });
  const { name, machine, savedAt, nowAt, inputsOfNow, missing } = explanation;
  return (
    <main className="page scenarios">
      <KeptPagesNav />
      <header>
        <h1>{t('heading', { name })}</h1>
        <p className="measure mute">
          {format.sentences(
            t(`lead.${inputsOfNow}`, { machine, saved: format.dateTime(savedAt), now: format.dateTime(nowAt) }),
            view.isHostView ? t('lead.host') : null,
          )}
        </p>
        <div className="acts">
          <a className="btn" href={view.search === '' ? PATHS.calculator : `${PATHS.calculator}?${view.search}`}>
            {t('openCalculator')}
          </a>
          {inputsOfNow === 'given' ? (
            <a className="btn" href={toScenarioPath(explanation.id)}>
              {t('withSaved')}
            </a>
          ) : null}
        </div>
      </header>
      {missing.length === 0 ? null : <MissingNote words={words} missing={missing} />}
      <div className="falls">
        {CHARTED.flatMap((figure) => figures.filter((one) => one.figure === figure)).map((figure) => (
          <WaterfallPart key={figure.figure} words={wordsOfFigures} figure={figure} />
        ))}
      </div>
      <FiguresTable words={wordsOfFigures} figures={figures} groups={groups} />
      <ChangedTable words={words} wordsThen={wordsThen} explanation={explanation} />
      <MarketTable words={words} explanation={explanation} />
      <p className="small mute measure">{format.sentences(t('method'), view.shown.currency === 'cny' ? t('methodYuan') : null)}</p>
    </main>
  );
}

type Part = { words: ScenarioWords; explanation: ScenarioExplanation };

function MissingNote({ words, missing }: { words: ScenarioWords; missing: ScenarioExplanation['missing'] }) {
  const { t, format } = words;
  const listed = missing.map(({ field, code }) =>
    t('missing.one', { field: sayFieldName(words, field), because: t(`missing.code.${code}`) }),
  );
  return (
    <output className="note bad">
      <p>{t('missing.title')}</p>
      <p>{format.list(listed)}</p>
    </output>
  );
}

type FiguresProps = { words: ScenarioWords; figures: readonly FigureExplanation[]; groups: readonly ExplainedGroup[] };

function FiguresTable({ words, figures, groups }: FiguresProps) {
  const { t } = words;
  return (
    <section aria-labelledby="all-figures">
      <h2 id="all-figures">{t('table.title')}</h2>
      <div className="tw">
        <table className="t cards">
          <caption className="vh">{t('table.title')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('table.figure')}</th>
              <th scope="col" className="num">
                {t('then')}
              </th>
              {groups.map((group) => (
                <th scope="col" className="num" key={group}>
                  {t(`group.${group}`)}
                </th>
              ))}
              <th scope="col" className="num">
                {t('now')}
              </th>
              <th scope="col" className="num">
                {t('table.change')}
              </th>
            </tr>
          </thead>
          <tbody>
            {figures.map(({ figure, valueThen, valueNow, change, contributions, notSplitBecause }) => {
              const reason = sayUnsplit(words, figure, notSplitBecause);
              const cell = (label: string, text: string | null): ReactNode => (
                <td data-l={label} className="num" key={label}>
                  {text ?? <Unknown reason={reason} />}
                </td>
              );
              return (
                <tr key={figure}>
                  <th scope="row">{t(`figure.${figure}`)}</th>
                  {cell(t('then'), valueThen === null ? null : sayFigure(words, figure, valueThen))}
                  {groups.map((group) => {
                    const own = contributions?.find((one) => one.group === group)?.change ?? null;
                    return cell(t(`group.${group}`), own === null ? null : own === 0 ? t('nothing') : sayChange(words, figure, own));
                  })}
                  {cell(t('now'), valueNow === null ? null : sayFigure(words, figure, valueNow))}
                  {cell(t('table.change'), change === null ? null : sayChange(words, figure, change))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function ChangedTable({ words, wordsThen, explanation }: Part & { wordsThen: ScenarioWords }) {
  const { t } = words;
  if (explanation.missing.length > 0) return null;
  return (
    <section aria-labelledby="changed">
      <h2 id="changed">{t('changed.title', { count: explanation.changed.length })}</h2>
      {explanation.changed.length === 0 ? (
        <p className="mute">{t('changed.none')}</p>
      ) : (
        <div className="tw">
          <table className="t cards">
            <caption className="vh">{t('changed.caption')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('changed.input')}</th>
                <th scope="col">{t('changed.group')}</th>
                <th scope="col" className="num">
                  {t('then')}
                </th>
                <th scope="col" className="num">
                  {t('now')}
                </th>
              </tr>
            </thead>
            <tbody>
              {explanation.changed.map(({ group, input, thenInput, nowInput }) => (
                <tr key={input}>
                  <th scope="row">{sayInputName(words, input)}</th>
                  <td data-l={t('changed.group')}>{t(`group.${group}`)}</td>
                  <td data-l={t('then')} className="num">
                    {sayInputValue(wordsThen, input, thenInput) ?? <Unknown reason={t('changed.notGiven')} />}
                  </td>
                  <td data-l={t('now')} className="num">
                    {sayInputValue(words, input, nowInput) ?? <Unknown reason={t('changed.notGiven')} />}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function MarketTable({ words, explanation }: Part) {
  const { t } = words;
  return (
    <section aria-labelledby="market-then-now">
      <h2 id="market-then-now">{t('market.title')}</h2>
      <div className="tw">
        <table className="t cards">
          <caption className="vh">{t('market.title')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('table.figure')}</th>
              <th scope="col">{t('then')}</th>
              <th scope="col">{t('now')}</th>
            </tr>
          </thead>
          <tbody>
            {explanation.marketFigures.map(({ figure, thenFigure, nowFigure }) => (
              <tr key={figure}>
                <th scope="row">{sayInputName(words, figure)}</th>
                <td data-l={t('then')}>
                  <UsedFigure words={words} name={figure} used={thenFigure} />
                </td>
                <td data-l={t('now')}>
                  <UsedFigure words={words} name={figure} used={nowFigure} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function UsedFigure({ words, name, used }: { words: ScenarioWords; name: MarketThenNow['figure']; used: UsedMarketFigure }) {
  const { t, format } = words;
  const { value, origin, source, sourceUrl, at } = used;
  if (value === null) {
    const derived = name === 'epochElapsedS' ? 'market.derivedTime' : 'market.derived';
    const reason = t(origin === 'derived' ? derived : 'market.unknown');
    return (
      <>
        <Unknown reason={reason} />
        <small className="dim">{reason}</small>
      </>
    );
  }
  if (origin === 'typed')
    return (
      <>
        {sayMarketValue(words, name, value)}
        <small className="dim">{t('market.typed')}</small>
      </>
    );
  const date = at === null ? t('market.noTime') : origin === 'shipped' ? t('market.shipped', { at: format.date(at) }) : format.dateTime(at);
  return (
    <>
      {sayMarketValue(words, name, value)}
      <small className="dim">
        {sourceUrl === null ? (
          source
        ) : (
          <a href={sourceUrl} rel="noreferrer">
            {source}
          </a>
        )}
        {` · ${date}`}
      </small>
    </>
  );
}
