/** Boards, fans and pools of a machine as it last told of them. */
import { useTranslation } from 'react-i18next';
import { Unknown } from '#app/ui/figure.tsx';
import type { Format } from '#app/ui/format.ts';
import type { ShownBoard, ShownFan, ShownPool } from './read-machine-page.server.ts';

function NotReported() {
  const { t } = useTranslation('monitoring');
  return <Unknown reason={t('unknown.notReported')} />;
}

export function Boards({ boards, format }: { boards: readonly ShownBoard[]; format: Format }) {
  const { t } = useTranslation('monitoring');
  const degrees = (value: number | null) => (value === null ? <NotReported /> : `${format.number(value)} °C`);
  return (
    <section aria-labelledby="boards">
      <h2 id="boards">{t('boards.title')}</h2>
      {boards.length === 0 ? (
        <p className="note">{t('boards.none')}</p>
      ) : (
        <div className="tw">
          <table className="t cards dense">
            <caption className="vh">{t('boards.title')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('boards.board')}</th>
                <th scope="col" className="num">
                  {t('figure.hashrate')}
                </th>
                <th scope="col" className="num">
                  {t('boards.chips')}
                </th>
                <th scope="col" className="num">
                  {t('figure.chip')}
                </th>
                <th scope="col" className="num">
                  {t('boards.pcb')}
                </th>
                <th scope="col" className="num">
                  {t('boards.errors')}
                </th>
              </tr>
            </thead>
            <tbody>
              {boards.map((board) => (
                <tr key={board.position}>
                  <th scope="row">
                    {t('boards.number', { number: board.position + 1 })}{' '}
                    {board.isAlive === false ? <span className="tag bad">{t('boards.dead')}</span> : null}
                  </th>
                  <td className="num" data-l={t('figure.hashrate')}>
                    {board.hashrateThs === null ? <NotReported /> : format.hashrate(board.hashrateThs)}
                  </td>
                  <td className="num" data-l={t('boards.chips')}>
                    {board.chips === null ? <NotReported /> : format.integer(board.chips)}
                    {board.ratedChips === null ? '' : ` / ${format.integer(board.ratedChips)}`}
                  </td>
                  <td className="num" data-l={t('figure.chip')}>
                    {degrees(board.chipTemperatureC)}
                  </td>
                  <td className="num">{degrees(board.boardTemperatureC)}</td>
                  <td className="num">{board.hardwareErrors === null ? <NotReported /> : format.integer(board.hardwareErrors)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

export function Fans({ fans, format }: { fans: readonly ShownFan[]; format: Format }) {
  const { t } = useTranslation('monitoring');
  return (
    <section aria-labelledby="fans">
      <h2 id="fans">{t('fans.title')}</h2>
      {fans.length === 0 ? (
        <p className="note">{t('fans.none')}</p>
      ) : (
        <dl className="facts">
          {fans.map(({ position, speedRpm }) => (
            <div key={position}>
              <dt>{t('fans.number', { number: position + 1 })}</dt>
              <dd className={speedRpm === 0 ? 'loss' : undefined}>
                {speedRpm === null ? (
                  <NotReported />
                ) : speedRpm === 0 ? (
                  t('fans.stopped')
                ) : (
                  t('fans.speed', { rpm: format.integer(speedRpm) })
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

export function Pools({ pools, format }: { pools: readonly ShownPool[]; format: Format }) {
  const { t } = useTranslation('monitoring');
  return (
    <section aria-labelledby="pools">
      <h2 id="pools">{t('pools.title')}</h2>
      {pools.length === 0 ? (
        <p className="note">{t('pools.none')}</p>
      ) : (
        <ul className="fleet-pools">
          {pools.map((pool) => (
            <li key={pool.position}>
              <p>
                <b>{pool.url ?? t('pools.proxy')}</b> {pool.isActive === true ? <span className="tag">{t('pools.active')}</span> : null}{' '}
                {pool.isAlive === false ? <span className="tag bad">{t('pools.dead')}</span> : null}{' '}
                {pool.isDeveloperFee ? <span className="tag">{t('pools.fee')}</span> : null}
              </p>
              <p className="small mute">
                {pool.worker === undefined || pool.worker === null ? '' : `${t('pools.worker', { worker: pool.worker })} · `}
                {t('pools.shares', { accepted: format.integer(pool.acceptedShares), rejected: format.integer(pool.rejectedShares) })}
              </p>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
