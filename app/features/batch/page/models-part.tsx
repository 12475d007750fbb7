/** Profit by model: a bar each, widest where the most load stands. */
import type { BatchGroup } from '../computing/groups.ts';
import { sayPower } from './summary-part.tsx';
import { type Batch, type Figures, type ReadList, useTexts } from './use-batch.ts';

const SHOWN = 12;
const HALF = 50;

function Bar({ ratio }: { ratio: number }) {
  const width = Math.abs(ratio) * HALF;
  return (
    <svg height="28" aria-hidden="true">
      <rect className={ratio >= 0 ? 'g3' : 'l3'} x={`${ratio >= 0 ? HALF : HALF - width}%`} width={`${width}%`} y="6" height="16" />
      <line className="axis" x1={`${HALF}%`} x2={`${HALF}%`} y1="0" y2="28" />
    </svg>
  );
}

export function ModelsPart({ batch, figures, read }: { batch: Batch; figures: Figures; read: ReadList }) {
  const t = useTexts();
  const { format, amounts } = batch;
  const { groups, valueCount } = figures.byMachine;
  const shown = [...groups].sort((a, b) => b.netUsdPerDay - a.netUsdPerDay);
  const listed = shown.length <= SHOWN ? shown : [...shown.slice(0, SHOWN / 2), ...shown.slice(-SHOWN / 2)];
  const [best] = shown;
  const worst = shown.at(-1);
  if (best === undefined || worst === undefined) return null;
  const largest = Math.max(...shown.map(({ netUsdPerDay }) => Math.abs(netUsdPerDay)), Number.MIN_VALUE);
  const name = (group: BatchGroup) => (group.key === '' ? t('page.noName') : group.key);
  /** Nothing where the name in the file is the catalogue's own. */
  const sayConfidence = (group: BatchGroup) => {
    const confidence = read.matchConfidence[group.key];
    return confidence === undefined || confidence === 1 ? '' : ` · ${t('page.confidence', { share: format.percent(confidence, 0) })}`;
  };
  const title =
    worst.netUsdPerDay < 0 && best !== worst
      ? t('page.models.split', { best: name(best), worst: name(worst) })
      : best.netUsdPerDay < 0
        ? t('page.models.allLose')
        : t('page.models.allEarn', { best: name(best) });
  return (
    <section className="sec">
      <header>
        <h2>{title}</h2>
        <p className="small">
          {valueCount > listed.length
            ? t('page.models.subSome', { shown: format.integer(listed.length), all: format.integer(valueCount) })
            : t('page.models.sub')}
        </p>
      </header>
      <dl className="tor models">
        {listed.map((group) => (
          <div className="bone" key={group.key}>
            <dt>
              {name(group)}
              <small>
                {t('page.models.basis', {
                  machines: format.integer(group.machines),
                  power: Object.values(sayPower(format, group.powerW)).join(' '),
                })}
                {sayConfidence(group)}
              </small>
            </dt>
            <dd className="bar-line">
              <Bar ratio={group.netUsdPerDay / largest} />
              <span className={group.netUsdPerDay < 0 ? 'num loss' : 'num'}>{amounts.signedDaily(group.netUsdPerDay)}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
