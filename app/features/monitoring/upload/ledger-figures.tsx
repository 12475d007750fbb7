/** What becomes of the rows of a file, kind by kind. */
import { useLocale } from '#app/platform/i18n/use-language.ts';
import { createFormat } from '#app/ui/format.ts';

export function LedgerFigures({ kinds }: { kinds: readonly { label: string; count: number; isTrouble: boolean }[] }) {
  const format = createFormat(useLocale());
  return (
    <dl className="figs fleet-figs">
      {kinds.map(({ label, count, isTrouble }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className={isTrouble && count > 0 ? 'loss' : undefined}>{format.integer(count)}</dd>
        </div>
      ))}
    </dl>
  );
}
