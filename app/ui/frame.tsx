// Header and footer around every page.
import { Link, NavLink, useLocation } from '@remix-run/react';
import type { SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { PATHS, toLanguageHref } from '../paths.ts';
import { HTML_LANG, LANGUAGE_NAMES, LANGUAGES, type Language } from '../platform/i18n/languages.ts';
import { useLocale } from '../platform/i18n/use-language.ts';
import { BrandMark } from './icons.tsx';
import { OpenAlertsCount } from './open-alerts-count.tsx';

export const CONTENT_ID = 'content';

/** A plain link, so that it works without script and loads the other language whole. */
function LanguageLink({ language }: { language: Language }) {
  const { pathname, search } = useLocation();
  // Pages may write their inputs into the address without telling the router; what counts is the address at this moment.
  const takeCurrentAddress = (event: SyntheticEvent<HTMLAnchorElement>) => {
    event.currentTarget.href = toLanguageHref(window.location.pathname, window.location.search, language);
  };
  return (
    <a
      href={toLanguageHref(pathname, search, language)}
      hrefLang={HTML_LANG[language]}
      lang={HTML_LANG[language]}
      onPointerDown={takeCurrentAddress}
      onFocus={takeCurrentAddress}
      onClick={takeCurrentAddress}
    >
      {LANGUAGE_NAMES[language]}
    </a>
  );
}

/** Pages that stand under a link of the bar though their addresses do not begin with its own. */
const FLEET_PATHS = [PATHS.sites, PATHS.machines, PATHS.energy];
const ACCOUNT_PATHS = [PATHS.profile, PATHS.security, PATHS.tokens, PATHS.signIn];

const isUnder = (pathname: string, paths: readonly string[]) => paths.some((path) => pathname === path || pathname.startsWith(`${path}/`));

export function Header({ isDemo, isSignedIn, may }: { isDemo: boolean; isSignedIn: boolean; may: WorkspacePages }) {
  const { t } = useTranslation('frame');
  const locale = useLocale();
  const { pathname } = useLocation();
  return (
    <header className="bar">
      <a className="skip" href={`#${CONTENT_ID}`}>
        {t('nav.skip')}
      </a>
      <div>
        <Link className="brand" to={PATHS.calculator}>
          <BrandMark />
          HashInsight
        </Link>
        <nav className="nav" aria-label={t('nav.label')}>
          <NavLink to={PATHS.calculator} end>
            {t('nav.calculator')}
          </NavLink>
          <NavLink to={PATHS.batch}>{t('nav.batch')}</NavLink>
          <NavLink to={PATHS.whatIf}>{t('nav.whatIf')}</NavLink>
          <NavLink to={PATHS.market}>{t('nav.market')}</NavLink>
          {may.fleet ? (
            <Link to={PATHS.sites} aria-current={isUnder(pathname, FLEET_PATHS) ? 'page' : undefined}>
              {t('nav.fleet')}
            </Link>
          ) : null}
          {may.alerts ? (
            <NavLink className="later" to={PATHS.alerts}>
              {t('nav.alerts')}
              <OpenAlertsCount />
            </NavLink>
          ) : null}
          <NavLink className="later" to={PATHS.developers}>
            {t('nav.developers')}
          </NavLink>
        </nav>
        <div className="end">
          {LANGUAGES.filter((language) => language !== locale).map((language) => (
            <LanguageLink key={language} language={language} />
          ))}
          <a href={isSignedIn ? PATHS.profile : PATHS.signIn} aria-current={isUnder(pathname, ACCOUNT_PATHS) ? 'page' : undefined}>
            {t(isSignedIn ? 'nav.account' : 'nav.signIn')}
          </a>
          {isDemo ? (
            <span className="tag" title={t('demo.reason')}>
              {t('demo.label')}
            </span>
          ) : null}
        </div>
      </div>
    </header>
  );
}

/** Pages of a workspace that the reader may open; links to others are left out. */
export type WorkspacePages = {
  members: boolean;
  audit: boolean;
  reports: boolean;
  lists: boolean;
  scenarios: boolean;
  fleet: boolean;
  alerts: boolean;
  enterWorkspace: boolean;
};
export const NO_PAGES: WorkspacePages = {
  members: false,
  audit: false,
  reports: false,
  lists: false,
  scenarios: false,
  fleet: false,
  alerts: false,
  enterWorkspace: false,
};

export function Footer({ may }: { may: WorkspacePages }) {
  const { t } = useTranslation('frame');
  return (
    <footer className="page foot">
      <p className="measure">{t('footer.note')}</p>
      <nav className="acts" aria-label={t('footer.label')}>
        <a href={PATHS.batch}>{t('nav.batch')}</a>
        <a href={PATHS.whatIf}>{t('nav.whatIf')}</a>
        <a href={PATHS.market}>{t('nav.market')}</a>
        {may.fleet ? <a href={PATHS.sites}>{t('nav.fleet')}</a> : null}
        {may.alerts ? <a href={PATHS.alerts}>{t('nav.alerts')}</a> : null}
        <a href={PATHS.marketSources}>{t('footer.marketSources')}</a>
        {may.lists ? <a href={PATHS.lists}>{t('footer.lists')}</a> : null}
        {may.scenarios ? <a href={PATHS.scenarios}>{t('footer.scenarios')}</a> : null}
        {may.reports ? <a href={PATHS.reports}>{t('footer.reports')}</a> : null}
        {may.members ? <a href={PATHS.members}>{t('footer.members')}</a> : null}
        {may.audit ? <a href={PATHS.audit}>{t('footer.audit')}</a> : null}
        {may.enterWorkspace ? <a href={PATHS.enterWorkspace}>{t('footer.enterWorkspace')}</a> : null}
        <a href={PATHS.roles}>{t('footer.roles')}</a>
        <a href={PATHS.developers}>{t('nav.developers')}</a>
        <a href={PATHS.apiOpenApi}>{t('footer.openapi')}</a>
      </nav>
    </footer>
  );
}
