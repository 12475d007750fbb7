/** Takes the hours of one of the workspace's own series over, where prices are pasted otherwise. Shown to whoever may see them. */
import { useRouteLoaderData } from '@remix-run/react';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PATHS } from '#app/paths.ts';
import { useLocale } from '#app/platform/i18n/use-language.ts';
import { createFormat } from '#app/ui/format.ts';
import type { CurveAnswer, CurveSeries, StoredCurve } from './stored-curves.ts';

/** Significant digits of a price that is handed over. */
const DIGITS = 8;

/** Throws when there is no answer of ours. */
async function ask(seriesId: string | null, signal?: AbortSignal): Promise<CurveAnswer> {
  const url = seriesId === null ? PATHS.marketPowerCurve : `${PATHS.marketPowerCurve}?${new URLSearchParams({ series: seriesId })}`;
  const response = await fetch(url, { headers: { Accept: 'application/json' }, signal });
  if (!response.ok && response.status !== 404) throw new Error(`HTTP ${response.status}`);
  return (await response.json()) as CurveAnswer;
}

/** The hours as text with the unit at its head, one a line. */
const toText = ({ usdPerMwh }: StoredCurve) => ['USD/MWh', ...usdPerMwh.map((price) => Number(price.toPrecision(DIGITS)))].join('\n');

type State = { kind: 'idle' | 'reading' | 'failed' | 'no-days' | 'no-rate' | 'not-found' } | { kind: 'taken'; curve: StoredCurve };

export type StoredCurvePickerProps = { onText: (text: string, name: string) => void };

export function StoredCurvePicker({ onText }: StoredCurvePickerProps) {
  const { t } = useTranslation('flexible-power');
  const format = createFormat(useLocale());
  const id = useId();
  const root = useRouteLoaderData('root') as { isSignedIn?: boolean } | undefined;
  const [series, setSeries] = useState<readonly CurveSeries[]>([]);
  const [state, setState] = useState<State>({ kind: 'idle' });
  const isSignedIn = root?.isSignedIn === true;
  useEffect(() => {
    if (!isSignedIn) return;
    const stop = new AbortController();
    // Whoever may not see prices is offered none; the paste box beside this stands in any case.
    ask(null, stop.signal).then(
      (answer) => setSeries(answer.kind === 'series' ? answer.series : []),
      () => setSeries([]),
    );
    return () => stop.abort();
  }, [isSignedIn]);
  if (series.length === 0) return null;
  const take = async (seriesId: string) => {
    setState({ kind: 'reading' });
    try {
      const answer = await ask(seriesId);
      if (answer.kind === 'curve') {
        onText(toText(answer.curve), answer.curve.name);
        setState({ kind: 'taken', curve: answer.curve });
      } else setState({ kind: answer.kind === 'series' ? 'failed' : answer.kind });
    } catch {
      setState({ kind: 'failed' });
    }
  };
  const sayDay = (date: string) => format.date(`${date}T00:00:00Z`);
  return (
    <div className="field one">
      <label htmlFor={`${id}-series`}>{t('stored.label')}</label>
      <div className="box">
        <select
          id={`${id}-series`}
          defaultValue=""
          disabled={state.kind === 'reading'}
          aria-describedby={`${id}-state`}
          onChange={(event) => {
            if (event.currentTarget.value !== '') void take(event.currentTarget.value);
          }}
        >
          <option value="">{t('stored.choose')}</option>
          {series.map((one) => (
            <option key={one.id} value={one.id}>
              {`${one.name} (${one.currency})`}
            </option>
          ))}
        </select>
      </div>
      <p
        className={state.kind === 'taken' || state.kind === 'idle' || state.kind === 'reading' ? 'hint' : 'hint bad'}
        id={`${id}-state`}
        aria-live="polite"
      >
        {state.kind === 'idle' ? t('stored.hint') : null}
        {state.kind === 'taken'
          ? format.sentences(
              t('stored.taken', { name: state.curve.name, from: sayDay(state.curve.fromDate), to: sayDay(state.curve.toDate) }),
              state.curve.rate === null
                ? null
                : t('stored.rate', {
                    rate: format.number(state.curve.rate.currencyPerUsd, 4),
                    currency: state.curve.currency,
                    source: state.curve.rate.source,
                    date: format.date(state.curve.rate.at),
                  }),
            )
          : null}
        {state.kind === 'reading' ? t('stored.reading') : null}
        {state.kind === 'no-days' ? t('stored.noDays') : null}
        {state.kind === 'no-rate' ? t('stored.noRate') : null}
        {state.kind === 'failed' || state.kind === 'not-found' ? t('stored.failed') : null}
      </p>
    </div>
  );
}
