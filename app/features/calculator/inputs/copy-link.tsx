/** Copies the link of this very page: every input, and the market figures of this moment. */
import { type SyntheticEvent, useEffect, useRef, useState } from 'react';
import { useCalculator, useCalculatorTexts } from '#app/features/calculator/use-calculator.ts';
import { LANGUAGE_PARAM, PATHS, toNowParams } from '#app/paths.ts';
import { useLocale } from '#app/platform/i18n/use-language.ts';
import { CheckIcon, LinkIcon } from '#app/ui/icons.tsx';
import { toCalculatorParams } from './calculator-url.ts';
import { copyText } from './copy-text.ts';
import { toShareParams } from './share-link.ts';

/** How long a button says that it has copied. */
export const COPIED_MS = 2500;

export function CopyLink() {
  const t = useCalculatorTexts();
  const locale = useLocale();
  const { store, page } = useCalculator();
  const [outcome, setOutcome] = useState<'idle' | 'copied' | 'failed'>('idle');
  const [link, setLink] = useState('');
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
    },
    [],
  );

  const toPath = () => {
    const params = toShareParams(store.getState().form, page.market);
    params.set(LANGUAGE_PARAM, locale);
    return `${PATHS.calculator}?${params}`;
  };
  const copy = async () => {
    const url = `${window.location.origin}${toPath()}`;
    const isCopied = await copyText(url);
    setLink(url);
    setOutcome(isCopied ? 'copied' : 'failed');
    if (timer.current !== null) clearTimeout(timer.current);
    if (isCopied) timer.current = setTimeout(() => setOutcome('idle'), COPIED_MS);
  };

  return (
    <div className="acts share">
      <button type="button" className="btn main scripted" onClick={() => void copy()}>
        {outcome === 'copied' ? <CheckIcon /> : <LinkIcon />}
        <span className="label">{t(outcome === 'copied' ? 'share.copied' : 'share.copy')}</span>
      </button>
      <AnswerLink path={PATHS.newReport} label={t('share.report')} />
      <AnswerLink path={PATHS.scenarios} label={t('share.save')} mark={toNowParams} />
      <AnswerLink path={PATHS.marketForecast} hash="scenarios-title" label={t('share.forecast')} />
      <noscript>
        <a className="btn main" href={toPath()}>
          {t('share.plain')}
        </a>
      </noscript>
      <output className="vh">{outcome === 'copied' ? t('share.announced') : ''}</output>
      {outcome === 'failed' ? (
        <label className="small">
          {t('share.failed')}
          <input className="link" readOnly value={link} onFocus={(event) => event.currentTarget.select()} />
        </label>
      ) : null}
    </div>
  );
}

type AnswerLinkProps = { path: string; hash?: string; label: string; mark?: (params: URLSearchParams) => URLSearchParams };

/** To a page that does something with this answer. The address is made when it is needed: the form has moved since it was drawn. */
function AnswerLink({ path, hash, label, mark }: AnswerLinkProps) {
  const locale = useLocale();
  const { store } = useCalculator();
  const toHref = () => {
    const form = toCalculatorParams(store.getState().form);
    const params = mark === undefined ? form : mark(form);
    params.set(LANGUAGE_PARAM, locale);
    return `${path}?${params}${hash === undefined ? '' : `#${hash}`}`;
  };
  const takeCurrentForm = (event: SyntheticEvent<HTMLAnchorElement>) => {
    event.currentTarget.href = toHref();
  };
  return (
    <a className="btn" href={toHref()} rel="nofollow" onPointerDown={takeCurrentForm} onFocus={takeCurrentForm} onClick={takeCurrentForm}>
      {label}
    </a>
  );
}
