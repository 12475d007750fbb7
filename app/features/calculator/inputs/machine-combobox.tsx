/**
 * A field for the name of a machine: a plain text field with suggestions of the browser until the scripts run, then a combobox
 * (WAI-ARIA 1.2, list autocomplete) that finds machines by parts of their names, in either language.
 */
import { useCallback, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useCalculatorTexts, useFormat, useIsHydrated } from '#app/features/calculator/use-calculator.ts';
import { searchMachines } from '#app/features/catalogue/find-machine.ts';
import { MACHINES } from '#app/features/catalogue/machines.ts';
import { ChevronDownIcon } from '#app/ui/icons.tsx';
import { MAX_TEXT_LENGTH } from './calculator-url.ts';

/** Id of the `<datalist>` that streams in after the page. */
export const MACHINE_LIST_ID = 'machines';
/** So many fit the list without hiding that there are more. */
const SHOWN = 60;

export type MachineComboboxProps = {
  id: string;
  name: string;
  value: string;
  onValue: (name: string) => void;
  describedBy: string;
  isInvalid: boolean;
  placeholder?: string;
  /** Ties a field outside of the form to it. */
  form?: string;
};

export function MachineCombobox({ id, name, value, onValue, describedBy, isInvalid, placeholder, form }: MachineComboboxProps) {
  const t = useCalculatorTexts();
  const format = useFormat();
  const isHydrated = useIsHydrated();
  const listId = useId();
  const [isOpen, setIsOpen] = useState(false);
  /** What was typed since the list opened; `null`: nothing yet, all machines are offered. */
  const [query, setQuery] = useState<string | null>(null);
  const [active, setActive] = useState(-1);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);

  const found = useMemo(() => (isOpen ? searchMachines(query ?? '', MACHINES.length) : []), [isOpen, query]);
  const shown = found.slice(0, SHOWN);

  const open = useCallback(() => {
    setIsOpen(true);
    setQuery(null);
    setActive(-1);
  }, []);
  const close = useCallback(() => setIsOpen(false), []);
  const choose = useCallback(
    (machine: string) => {
      onValue(machine);
      setIsOpen(false);
      input.current?.focus();
    },
    [onValue],
  );

  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  function handleKey(event: React.KeyboardEvent<HTMLInputElement>): void {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!isOpen) {
        open();
        return;
      }
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setActive((current) => (shown.length === 0 ? -1 : (current + step + shown.length) % shown.length));
    } else if (event.key === 'Enter' && isOpen) {
      event.preventDefault();
      const machine = shown[active];
      if (machine) choose(machine.name);
      else close();
    } else if (event.key === 'Escape' && isOpen) {
      event.preventDefault();
      close();
    } else if (event.key === 'Tab') {
      close();
    }
  }

  return (
    <div className="combo">
      <div className={isInvalid ? 'box bad' : 'box'}>
        <input
          ref={input}
          id={id}
          name={name}
          form={form}
          value={value}
          placeholder={placeholder}
          maxLength={MAX_TEXT_LENGTH}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          list={isHydrated ? undefined : MACHINE_LIST_ID}
          role={isHydrated ? 'combobox' : undefined}
          aria-expanded={isHydrated ? isOpen : undefined}
          aria-controls={isHydrated && isOpen ? listId : undefined}
          aria-autocomplete={isHydrated ? 'list' : undefined}
          aria-activedescendant={isOpen && active >= 0 ? `${listId}-${active}` : undefined}
          aria-describedby={describedBy}
          aria-invalid={isInvalid || undefined}
          onChange={(event) => {
            const typed = event.currentTarget.value;
            onValue(typed);
            setIsOpen(true);
            setQuery(typed);
            setActive(-1);
          }}
          onClick={() => (isOpen ? close() : open())}
          onKeyDown={handleKey}
          onBlur={close}
        />
        <ChevronDownIcon />
      </div>
      {isOpen ? (
        <div className="pop">
          <div ref={list} id={listId} className="options" role="listbox" tabIndex={-1} aria-label={t('machine.label')}>
            {shown.map((machine, index) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the field handles the keys
              <div
                key={machine.slug}
                id={`${listId}-${index}`}
                role="option"
                tabIndex={-1}
                aria-selected={machine.name === value}
                className={index === active ? 'on' : undefined}
                // Before the field loses focus, which would close the list.
                onPointerDown={(event) => event.preventDefault()}
                onClick={() => choose(machine.name)}
              >
                <span>{machine.name}</span>
                <small>
                  {t('machine.figures', {
                    hashrate: format.hashrate(machine.hashrateThs),
                    power: format.integer(machine.powerW),
                    efficiency: format.number(machine.efficiencyJPerTh, 1),
                  })}
                </small>
              </div>
            ))}
          </div>
          {found.length === 0 ? <p className="small mute">{t('machine.nothing')}</p> : null}
          {found.length > shown.length ? (
            <p className="small mute">{t('machine.more', { left: format.integer(found.length - shown.length) })}</p>
          ) : null}
        </div>
      ) : null}
    </div>
  );
}
