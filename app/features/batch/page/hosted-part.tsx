/** The two sides of a hosting contract, for lists that name what the client pays. */
import { Figure } from '#app/ui/figure.tsx';
import type { HostedSums } from '../computing/hosting.ts';
import { type Batch, useTexts } from './use-batch.ts';

export function HostedPart({ batch, hosted }: { batch: Batch; hosted: HostedSums }) {
  const t = useTexts();
  const { format, amounts } = batch;
  const { rows, machines, clientNetUsdPerDay, hostNetUsdPerDay, clientLosingMachines } = hosted;
  return (
    <section className="sec" aria-labelledby="hosted-title">
      <header>
        <h2 id="hosted-title">{t('page.hosted.title')}</h2>
        <p className="small">{t('page.hosted.note')}</p>
      </header>
      <dl className="figs four">
        <Figure
          label={t('page.hosted.client')}
          value={amounts.signedDaily(clientNetUsdPerDay)}
          basis={
            clientLosingMachines === 0
              ? t('page.hosted.allEarn')
              : t('page.hosted.losing', { machines: format.integer(clientLosingMachines) })
          }
        />
        <Figure
          label={t('page.hosted.host')}
          value={amounts.signedDaily(hostNetUsdPerDay)}
          basis={t('page.hosted.basis', { rows: format.integer(rows), machines: format.integer(machines) })}
        />
      </dl>
    </section>
  );
}
