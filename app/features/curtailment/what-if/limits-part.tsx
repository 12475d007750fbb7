/** Caps by the clock with a slider, and in disclosures the limits and costs that fewer guests have. */

import { Disclosure } from '#app/ui/disclosure.tsx';
import { NumberField } from '#app/ui/field.tsx';
import { parseTypedNumber } from '#app/ui/typed-number.ts';
import { FigureInput, useFieldError } from './figure-input.tsx';
import { SmallInput } from './fleet-part.tsx';
import { sayLimit } from './say-error.ts';
import { sumFleet } from './to-plan-problem.ts';
import { useFormat, useTexts, type WhatIf } from './use-what-if.ts';
import { CAP_SPEC, type CapWindow, capFieldName, FLOOR_SPEC, floorFieldName, listClients, MAX_CAPS } from './what-if-form.ts';

/** Where a new cap begins. */
const USUAL_WINDOW = { from: '17:00', to: '21:00' } as const;

/** Steps that are round for the size of the fleet: 1 kW for hundreds, 50 kW for tens of thousands. */
function sliderOf(fullKw: number): { min: number; max: number; step: number } {
  const step = fullKw <= 500 ? 1 : fullKw <= 5000 ? 10 : 50;
  return { min: 0, max: Math.max(step, Math.ceil(fullKw / step) * step), step };
}

function CapCard({ whatIf, cap, index }: { whatIf: WhatIf; cap: CapWindow; index: number }) {
  const t = useTexts();
  const format = useFormat();
  const { change, form } = whatIf;
  const set = (part: Partial<CapWindow>) =>
    change((current) => ({ caps: current.caps.map((one, place) => (place === index ? { ...one, ...part } : one)) }));
  const slider = sliderOf(sumFleet(form.rows).fullKw);
  const typed = parseTypedNumber(cap.kw);
  return (
    <li className="cap-row">
      <NumberField
        name={capFieldName(index, 'kw')}
        label={t('caps.kw', { n: index + 1 })}
        text={cap.kw}
        onText={(kw) => set({ kw })}
        value={typed.kind === 'number' ? typed.value : null}
        slider={slider}
        onSlide={(kw) => set({ kw: String(kw) })}
        unit={t('unit.kw')}
        range={t('form.range', { min: sayLimit(format, CAP_SPEC.min), max: sayLimit(format, slider.max) })}
        error={useFieldError(whatIf, capFieldName(index, 'kw'))}
      />
      <div className="fleet-pair">
        <SmallInput
          name={capFieldName(index, 'from')}
          label={t('caps.from')}
          text={cap.from}
          onText={(from) => set({ from })}
          error={useFieldError(whatIf, capFieldName(index, 'from'))}
        />
        <SmallInput
          name={capFieldName(index, 'to')}
          label={t('caps.to')}
          text={cap.to}
          onText={(to) => set({ to })}
          error={useFieldError(whatIf, capFieldName(index, 'to'))}
        />
        <button
          type="button"
          className="btn sm scripted"
          aria-label={t('caps.remove', { n: index + 1 })}
          onClick={() => change((current) => ({ caps: current.caps.filter((_, place) => place !== index) }))}
        >
          ×
        </button>
      </div>
    </li>
  );
}

/** Without script nothing can add a cap: an empty one stands ready, and counts only once it is filled in. */
function SpareCap({ index }: { index: number }) {
  const t = useTexts();
  return (
    <div className="fleet-pair noscript">
      {(['kw', 'from', 'to'] as const).map((field) => (
        <label key={field} className="small-field">
          {field === 'kw' ? t('caps.kw', { n: index + 1 }) : t(`caps.${field}`)}
          <span className="box">
            <input name={capFieldName(index, field)} defaultValue={field === 'kw' ? '' : USUAL_WINDOW[field]} />
          </span>
        </label>
      ))}
    </div>
  );
}

export function CapsPart({ whatIf }: { whatIf: WhatIf }) {
  const t = useTexts();
  const { form, change } = whatIf;
  const half = String(Math.round(sumFleet(form.rows).fullKw / 2));
  return (
    <fieldset className="part">
      <legend>{t('caps.title')}</legend>
      {form.caps.length === 0 ? <p className="small dim">{t('caps.none')}</p> : null}
      <ul className="fleet">
        {form.caps.map((cap, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: caps have no other identity, and their fields are named by their place
          <CapCard key={index} whatIf={whatIf} cap={cap} index={index} />
        ))}
      </ul>
      {form.caps.length < MAX_CAPS ? <SpareCap index={form.caps.length} /> : null}
      {form.caps.length < MAX_CAPS ? (
        <button
          type="button"
          className="btn sm scripted"
          onClick={() => change((current) => ({ caps: [...current.caps, { ...USUAL_WINDOW, kw: half }] }))}
        >
          {t('caps.add')}
        </button>
      ) : null}
    </fieldset>
  );
}

function FloorInput({ whatIf, client }: { whatIf: WhatIf; client: string }) {
  const t = useTexts();
  const format = useFormat();
  const { form, change } = whatIf;
  const text = form.floors[client] ?? '';
  const typed = parseTypedNumber(text);
  const set = (floor: string) => change((current) => ({ floors: { ...current.floors, [client]: floor } }));
  return (
    <NumberField
      name={floorFieldName(client)}
      label={t('limits.floor', { client })}
      text={text}
      onText={set}
      value={typed.kind === 'number' ? typed.value : 0}
      slider={{ min: 0, max: 100, step: 1 }}
      onSlide={(value) => set(String(value))}
      unit={t('limits.percentOfTime')}
      range={t('form.range', { min: sayLimit(format, FLOOR_SPEC.min), max: sayLimit(format, FLOOR_SPEC.max) })}
      standard={t('form.optional')}
      error={useFieldError(whatIf, floorFieldName(client))}
    />
  );
}

export function LimitsPart({ whatIf }: { whatIf: WhatIf }) {
  const t = useTexts();
  const format = useFormat();
  const { form, errors } = whatIf;
  const clients = listClients(form.rows);
  const floors = clients.filter((client) => (form.floors[client] ?? '') !== '').map((client) => `${client} ${form.floors[client]} %`);
  const limits = [
    ...(floors.length > 0 ? [t('limits.floors', { list: format.list(floors) })] : []),
    ...(form.ramp !== '' ? [`${t('limits.ramp')} ${form.ramp} kW`] : []),
    ...(form.minUp !== '' || form.minDown !== '' ? [t('limits.times')] : []),
  ];
  const restart = parseTypedNumber(form.restart);
  const costs = [
    t('costs.summary', {
      restart: restart.kind === 'number' ? format.usd(restart.value, 2) : format.usd(0, 2),
      boot: form.boot === '' ? '0' : form.boot,
    }),
    ...(form.takeMwh !== '' ? [t('costs.takeOrPay')] : []),
    ...(form.demand !== '' ? [t('costs.demand')] : []),
  ];
  const isBroken = (names: readonly string[]) =>
    errors.some(({ field }) => names.includes(field) || (names.includes('ramp') && field.startsWith('sla.')));
  const broken = <span className="loss">{t('form.broken')}</span>;
  const limitNames = ['ramp', 'minUp', 'minDown', 'penalty'] as const;
  const costNames = ['restart', 'boot', 'takeMwh', 'takePrice', 'demand', 'peak'] as const;
  return (
    <>
      <Disclosure
        title={t('limits.title')}
        summary={isBroken(limitNames) ? broken : limits.length === 0 ? t('limits.none') : limits.join(' · ')}
        open={isBroken(limitNames)}
      >
        {clients.map((client) => (
          <FloorInput key={client} whatIf={whatIf} client={client} />
        ))}
        {limitNames.map((name) => (
          <FigureInput key={name} whatIf={whatIf} name={name} />
        ))}
      </Disclosure>
      <Disclosure title={t('costs.title')} summary={isBroken(costNames) ? broken : costs.join(' · ')} open={isBroken(costNames)}>
        {costNames.map((name) => (
          <FigureInput key={name} whatIf={whatIf} name={name} />
        ))}
      </Disclosure>
    </>
  );
}
