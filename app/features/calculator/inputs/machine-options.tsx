/**
 * The browser's own suggestions for the machine fields, streamed after the page: they serve until the scripts run and where they
 * never do. A list of data is found by its id wherever it stands, so no script has to move it into place.
 */
import { Await } from '@remix-run/react';
import { Suspense } from 'react';
import { useCalculator, useFormat } from '#app/features/calculator/use-calculator.ts';
import { MACHINE_LIST_ID } from './machine-combobox.tsx';

export function MachineOptions() {
  const { page } = useCalculator();
  const format = useFormat();
  return (
    <Suspense fallback={null}>
      <Await resolve={page.catalogue} errorElement={null}>
        {(machines) => (
          <datalist id={MACHINE_LIST_ID}>
            {machines.map(({ name, hashrateThs, powerW }) => (
              <option key={name} value={name} label={`${format.hashrate(hashrateThs)} · ${format.integer(powerW)} W`} />
            ))}
          </datalist>
        )}
      </Await>
    </Suspense>
  );
}
