/** The pages about the market, beside each other. */
import { NavLink } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { PATHS } from '#app/paths.ts';

const PAGES = [
  ['market', PATHS.market],
  ['indicators', PATHS.marketIndicators],
  ['forecast', PATHS.marketForecast],
  ['derivatives', PATHS.marketDerivatives],
  ['power', PATHS.marketPower],
  ['sources', PATHS.marketSources],
] as const;

export function MarketNav() {
  const { t } = useTranslation('market');
  return (
    <nav className="subnav" aria-label={t('nav.label')}>
      {PAGES.map(([name, path]) => (
        <NavLink key={name} to={path} end>
          {t(`nav.${name}`)}
        </NavLink>
      ))}
    </nav>
  );
}
