/** There is no plan: what cannot hold together, the smallest change found, and a button that makes it. */
import type { InfeasibleView } from './plan-view.ts';
import { relaxForm, sayInfeasible } from './say-infeasible.ts';
import type { Say } from './say-plan.ts';
import type { WhatIf } from './use-what-if.ts';

export function InfeasiblePart({ say, view, change }: { say: Say; view: InfeasibleView; change: WhatIf['change'] }) {
  const { t } = say;
  const { clash, changes, proof } = sayInfeasible(say, view);
  const relaxed = relaxForm(say, view);
  return (
    <div className="infeasible">
      <section>
        <h2>{t('infeasible.title')}</h2>
        <p>{clash}</p>
        {proof === null ? null : <p className="small dim">{proof}</p>}
      </section>
      {view.certificate.kind === 'rows' ? (
        <section>
          <h2>{t('infeasible.relaxTitle')}</h2>
          {changes.length === 0 ? (
            <p>{t('infeasible.noRelax')}</p>
          ) : (
            <ul className="lines">
              {changes.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          )}
          {relaxed === null ? null : (
            <button type="button" className="btn main scripted" onClick={() => change(relaxed)}>
              {t('infeasible.apply')}
            </button>
          )}
        </section>
      ) : null}
    </div>
  );
}
