/** Where a person puts prices of their own: pasted or from a file, with their unit, and what is wrong with which line. */
import { type ChangeEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '#app/platform/i18n/use-language.ts';
import { createFormat } from '#app/ui/format.ts';
import { sayFault, sayShape } from './flexible-words.ts';
import { NO_CURVE, type OwnCurve, type ReadOwnCurve } from './own-curve.ts';
import { findShape, meanOf } from './power-curve.ts';
import { PRICE_UNITS, type PriceUnit } from './price-unit.ts';

/** A file is read into memory before its text is measured. */
const MAX_FILE_BYTES = 4_000_000;
const BYTES_PER_KB = 1000;

export type OwnCurveInputProps = {
  curve: OwnCurve;
  onCurve: (curve: OwnCurve) => void;
  read: ReadOwnCurve;
  /** False when the browser could not keep the curve. */
  isKept: boolean;
  /** Mean price, written in the page's currency. */
  sayMean: (usdPerKwh: number) => string;
};

type FileFault = { kind: 'file' } | { kind: 'file_too_big'; bytes: number };

export function OwnCurveInput({ curve, onCurve, read, isKept, sayMean }: OwnCurveInputProps) {
  const { t } = useTranslation('flexible-power');
  const format = createFormat(useLocale());
  const id = useId();
  const [fileFault, setFileFault] = useState<FileFault | null>(null);
  const isNamed = read.kind === 'ok' && read.isUnitNamed;
  const shape = read.kind === 'ok' ? findShape(read.usdPerKwh.length) : null;

  const takeFile = async (event: ChangeEvent<HTMLInputElement>) => {
    const input = event.currentTarget;
    const file = input.files?.[0];
    if (file === undefined) return;
    if (file.size > MAX_FILE_BYTES) setFileFault({ kind: 'file_too_big', bytes: file.size });
    else {
      try {
        onCurve({ ...curve, text: await file.text(), fileName: file.name });
        setFileFault(null);
      } catch {
        setFileFault({ kind: 'file' });
      }
    }
    // So that the same file can be chosen again after it was mended.
    input.value = '';
  };

  return (
    <div className="own-curve">
      <div className="field one">
        <label htmlFor={`${id}-text`}>{t('input.paste')}</label>
        <textarea
          id={`${id}-text`}
          className="paste"
          rows={6}
          spellCheck={false}
          autoComplete="off"
          value={curve.text}
          placeholder={t('input.pasteExample')}
          aria-describedby={`${id}-hint ${id}-state`}
          aria-invalid={read.kind === 'invalid' ? true : undefined}
          onChange={(event) => onCurve({ ...curve, text: event.currentTarget.value, fileName: '' })}
        />
        <p className="hint" id={`${id}-hint`}>
          {t('input.pasteHint')}
        </p>
      </div>
      <div className="acts">
        <label className="btn sm upload">
          {t('input.upload')}
          <input type="file" className="vh" accept=".csv,.tsv,.txt,text/*" onChange={(event) => void takeFile(event)} />
        </label>
        <label className="unit-choice">
          <span>{t('input.unit')}</span>
          <span className="box">
            <select
              value={isNamed ? read.unit : curve.unit}
              disabled={isNamed}
              onChange={(event) => onCurve({ ...curve, unit: event.currentTarget.value as PriceUnit })}
            >
              {PRICE_UNITS.map((unit) => (
                <option key={unit} value={unit}>
                  {t(`input.${unit}`)}
                </option>
              ))}
            </select>
          </span>
          {isNamed ? <small className="dim">{t('input.unitNamed')}</small> : null}
        </label>
        {curve.text === '' ? null : (
          <button type="button" className="btn sm" onClick={() => onCurve({ ...NO_CURVE, unit: curve.unit })}>
            {t('input.clear')}
          </button>
        )}
      </div>
      <div id={`${id}-state`} aria-live="polite">
        {fileFault === null ? null : (
          <p className="hint bad">
            {fileFault.kind === 'file'
              ? t('fault.file')
              : t('fault.file_too_big', { size: format.integer(fileFault.bytes / BYTES_PER_KB) })}
          </p>
        )}
        {read.kind === 'ok' && shape !== null ? (
          <p className="small">
            {t('input.read', { shape: sayShape({ t, format }, shape), mean: `${sayMean(meanOf(read.usdPerKwh))}${t('input.perKwh')}` })}
            {curve.fileName === '' ? '' : ` (${t('input.file', { name: curve.fileName })})`}
          </p>
        ) : null}
        {read.kind === 'invalid' ? (
          <div className="faults">
            <b>{t('fault.title')}</b>
            <ul>
              {read.faults.map((fault) => {
                const text = sayFault({ t, format }, fault);
                return <li key={text}>{text}</li>;
              })}
            </ul>
          </div>
        ) : null}
      </div>
      <p className="small dim">{t(isKept ? 'input.private' : 'input.notKept')}</p>
    </div>
  );
}
