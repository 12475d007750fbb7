// The matrix of roles and permissions, made from the table that requests are checked against: as a table where there is room, role by role on a phone.
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { ROLES } from '#app/platform/permissions/actor.ts';
import type { HeldReach } from '#app/platform/permissions/permissions.ts';
import { ChevronRightIcon } from '#app/ui/icons.tsx';
import { AccountPagesNav } from '#app/ui/own-pages-nav.tsx';
import { SentenceGap } from '#app/ui/sentence-gap.tsx';
import { listAreas, listRoles } from './role-matrix.ts';

export function RolesPage() {
  const { t } = useTranslation('roles');
  return (
    <main className="page roles">
      <AccountPagesNav />
      <header className="roles-head">
        <h1>{t('page.title')}</h1>
        <p className="measure mute">{t('page.lead')}</p>
      </header>
      <RoleTable />
      <RoleList />
      <p className="measure small mute">{t('note')}</p>
    </main>
  );
}

/** Shape and words both say it: no meaning rests on a colour. */
function ReachMark({ reach }: { reach: HeldReach | null }) {
  const { t } = useTranslation('roles');
  if (reach === null) {
    return (
      <span className="dim">
        <span aria-hidden="true">–</span>
        <span className="vh">{t('reach.none')}</span>
      </span>
    );
  }
  return (
    <span title={t(`reach.${reach}`)}>
      <svg className="reach" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
        <circle className={reach === 'workspace' ? 'full' : undefined} cx="8" cy="8" r="5" />
        {reach === 'own' ? <path d="M8 3a5 5 0 0 0 0 10z" /> : null}
        {reach === 'alone' ? <circle className="full" cx="8" cy="8" r="1.5" /> : null}
      </svg>
      <span className="vh">{t(`reach.${reach}`)}</span>
    </span>
  );
}

function RoleTable() {
  const { t } = useTranslation('roles');
  return (
    <section className="roles-table" aria-label={t('page.table')}>
      <p className="small mute roles-key" aria-hidden="true">
        <ReachMark reach="workspace" /> {t('reach.workspace')} <ReachMark reach="own" /> {t('reach.own')} <ReachMark reach="alone" />{' '}
        {t('reach.alone')} <ReachMark reach={null} /> {t('reach.none')}
      </p>
      <table className="t dense">
        <caption className="vh">{t('page.table')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('page.permission')}</th>
            {ROLES.map((role) => (
              <th key={role} scope="col" className="mark">
                {t(`role.${role}`)}
              </th>
            ))}
          </tr>
        </thead>
        {listAreas().map(({ area, rows }) => (
          <tbody key={area}>
            <tr className="area">
              <th scope="rowgroup" colSpan={ROLES.length + 1}>
                {t(`area.${area}`)}
              </th>
            </tr>
            {rows.map(({ permission, reaches }) => (
              <tr key={permission}>
                <th scope="row">
                  {t(`permission.${permission}`)} <small className="dim">{permission}</small>
                </th>
                {reaches.map(({ role, reach }) => (
                  <td key={role} className="mark">
                    <ReachMark reach={reach} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </section>
  );
}

function RoleList() {
  const { t } = useTranslation('roles');
  return (
    <section className="phone roles-list" aria-label={t('page.table')}>
      {listRoles().map(({ role, workspace, own, alone }) => (
        <details key={role} className="group">
          <summary>
            <b>{t(`role.${role}`)}</b>
            <ChevronRightIcon />
            <small>
              {t(`about.${role}`)}
              <SentenceGap />
              {t('list.count', { count: workspace.length + own.length + alone.length })}
            </small>
          </summary>
          <div>
            {(
              [
                ['workspace', workspace],
                ['own', own],
                ['alone', alone],
              ] as const
            ).map(([reach, permissions]) =>
              permissions.length === 0 ? null : (
                <Fragment key={reach}>
                  <h3>{t(`list.${reach}`)}</h3>
                  <ul>
                    {permissions.map((permission) => (
                      <li key={permission}>{t(`permission.${permission}`)}</li>
                    ))}
                  </ul>
                </Fragment>
              ),
            )}
          </div>
        </details>
      ))}
    </section>
  );
}
