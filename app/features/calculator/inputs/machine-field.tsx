/** The machine asked about: its name, the catalogue's figures with their source and doubts, or figures of one's own. */
import { useCallback, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useCalculator, useCalculatorTexts, useFieldError, useFormat, useSelected } from '#app/features/calculator/use-calculator.ts';
import { findMachine } from '#app/features/catalogue/find-machine.ts';
import { DataDisclosure } from '#app/ui/disclosure.tsx';
import { MachineCombobox } from './machine-combobox.tsx';
import { NumberInput } from './number-input.tsx';

export function MachineField() {
  const t = useCalculatorTexts();
  const format = useFormat();
  const { store, page } = useCalculator();
  const id = useId();
  const hintId = `${id}-hint`;
  const model = useSelected((state) => state.form.model);
  const error = useFieldError('model');
  const setModel = useCallback((name: string) => store.setField('model', name), [store]);
  const listed = findMachine(model);
  const opensOwn = page.form.ths !== '' || page.form.watt !== '' || page.errors.some(({ name }) => name === 'ths' || name === 'watt');

  return (
    <div className="machine">
      <div className="field one">
        <label htmlFor={id}>{t('machine.label')}</label>
        <MachineCombobox id={id} name="model" value={model} onValue={setModel} describedBy={hintId} isInvalid={error !== null} />
        <div className={error ? 'hint bad' : 'hint'} id={hintId}>
          {error ? (
            <span role="alert">{error}</span>
          ) : (
            <span>
              {listed
                ? t('machine.figures', {
                    hashrate: format.hashrate(listed.hashrateThs),
                    power: format.integer(listed.powerW),
                    efficiency: format.number(listed.efficiencyJPerTh, 1),
                  })
                : t('machine.notListed')}
            </span>
          )}
        </div>
      </div>
      <Doubt model={model} />
      <details className="data own" open={opensOwn}>
        <summary>{t('machine.own')}</summary>
        <div>
          <p className="small mute">{t('machine.ownMeaning')}</p>
          <NumberInput
            name="ths"
            emptyValue={listed?.hashrateThs ?? null}
            standard={listed ? t('machine.fromCatalogue', { value: format.hashrate(listed.hashrateThs) }) : ''}
          />
          <NumberInput
            name="watt"
            emptyValue={listed?.powerW ?? null}
            standard={listed ? t('machine.fromCatalogue', { value: `${format.integer(listed.powerW)} W` }) : ''}
          />
          {listed ? <p className="small dim">{t('machine.source', { source: listed.source })}</p> : null}
        </div>
      </details>
    </div>
  );
}

/** Sources that disagree are shown side by side, never averaged. */
function Doubt({ model }: { model: string }) {
  const { t } = useTranslation('catalogue');
  const doubt = findMachine(model)?.doubt;
  if (!doubt) return null;
  return (
    <div className="doubt">
      <DataDisclosure title={t('machine.doubtful')}>
        {/* The key is data of the catalogue; a test there holds that every doubt has its text. */}
        <p className="small mute">{t(doubt as 'machine.doubtful')}</p>
      </DataDisclosure>
    </div>
  );
}
