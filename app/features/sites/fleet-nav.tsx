/** The pages about the fleet, beside each other. */
import { NavLink } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { PATHS } from '#app/paths.ts';
import { OpenAlertsCount, useOpenAlerts } from '#app/ui/open-alerts-count.tsx';

const PAGES = [
  ['sites', PATHS.sites],
  ['machines', PATHS.machines],
  ['alerts', PATHS.alerts],
  ['energy', PATHS.energy],
] as const;

export function FleetNav() {
  const { t } = useTranslation('monitoring');
  const { mayReadAlerts } = useOpenAlerts();
  return (
    <nav className="subnav" aria-label={t('nav.label')}>
      {PAGES.filter(([name]) => name !== 'alerts' || mayReadAlerts).map(([name, path]) => (
        <NavLink key={name} to={path}>
          {t(`nav.${name}`)}
          {name === 'alerts' ? <OpenAlertsCount /> : null}
        </NavLink>
      ))}
    </nav>
  );
}
