/** The pages about the fleet, beside each other. */
import { NavLink } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { PATHS } from '#app/paths.ts';

const PAGES = [
  ['sites', PATHS.sites],
  ['machines', PATHS.machines],
  ['alerts', PATHS.alerts],
  ['energy', PATHS.energy],
] as const;

export function FleetNav() {
  const { t } = useTranslation('monitoring');
  return (
    <nav className="subnav" aria-label={t('nav.label')}>
      {PAGES.map(([name, path]) => (
        <NavLink key={name} to={path}>
          {t(`nav.${name}`)}
        </NavLink>
      ))}
    </nav>
  );
}
