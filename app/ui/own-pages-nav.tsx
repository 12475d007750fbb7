/** Pages that belong together for the reader though different rooms bring them, beside each other: those that may not be opened are left out. */
import { NavLink, useRouteLoaderData } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { PATHS } from '../paths.ts';
import type { WorkspacePages } from './frame.tsx';

type Reader = { isSignedIn: boolean; may: Partial<WorkspacePages> };

function useReader(): Reader {
  // Absent when the root's own loader failed.
  const data = useRouteLoaderData('root') as Partial<Reader> | undefined;
  return { isSignedIn: data?.isSignedIn === true, may: data?.may ?? {} };
}

type Page = { path: string; text: string; isOpen: boolean };

/** A single page needs no row of links. */
function PageLinks({ label, pages }: { label: string; pages: readonly Page[] }) {
  const open = pages.filter(({ isOpen }) => isOpen);
  if (open.length < 2) return null;
  return (
    <nav className="subnav" aria-label={label}>
      {open.map(({ path, text }) => (
        <NavLink key={path} to={path} reloadDocument>
          {text}
        </NavLink>
      ))}
    </nav>
  );
}

/** What the workspace keeps of what was computed. */
export function KeptPagesNav() {
  const { t } = useTranslation('frame');
  const { may } = useReader();
  return (
    <PageLinks
      label={t('pages.kept')}
      pages={[
        { path: PATHS.lists, text: t('footer.lists'), isOpen: may.lists === true },
        { path: PATHS.scenarios, text: t('footer.scenarios'), isOpen: may.scenarios === true },
        { path: PATHS.reports, text: t('footer.reports'), isOpen: may.reports === true },
      ]}
    />
  );
}

/** The person's own pages, and those about the people of the workspace. */
export function AccountPagesNav() {
  const { t } = useTranslation('frame');
  const { isSignedIn, may } = useReader();
  return (
    <PageLinks
      label={t('pages.account')}
      pages={[
        { path: PATHS.profile, text: t('pages.profile'), isOpen: isSignedIn },
        { path: PATHS.security, text: t('pages.security'), isOpen: isSignedIn },
        { path: PATHS.tokens, text: t('pages.tokens'), isOpen: isSignedIn },
        { path: PATHS.members, text: t('footer.members'), isOpen: may.members === true },
        { path: PATHS.audit, text: t('footer.audit'), isOpen: may.audit === true },
        { path: PATHS.roles, text: t('footer.roles'), isOpen: isSignedIn },
      ]}
    />
  );
}
