// The offer of a place in a workspace.
import { useTranslation } from 'react-i18next';
import { NarrowPage, Notice, PostForm } from '#app/features/accounts/account-parts.tsx';
import { NEXT_PARAM, PATHS } from '#app/paths.ts';
import { findMemberRole } from '#app/platform/permissions/member-role.ts';

export type InvitationView = {
  here: string;
  offer: { workspace: string; role: string; email: string } | null;
  signedInAs: string | null;
  isForPerson: boolean;
};

export function InvitationPage({ view, result }: { view: InvitationView; result: { kind: 'over' | 'other-address' } | undefined }) {
  const { t } = useTranslation('accounts');
  const { offer, signedInAs, here } = view;
  if (offer === null || result?.kind === 'over')
    return (
      <NarrowPage title={t('invitation.over.title')} lead={t('invitation.over.lead')}>
        {null}
      </NarrowPage>
    );
  const next = new URLSearchParams({ [NEXT_PARAM]: here });
  return (
    <NarrowPage
      title={t('invitation.title', { workspace: offer.workspace })}
      lead={t('invitation.lead', { role: t(`role.${findMemberRole(offer.role) ?? 'customer'}`), email: offer.email })}
    >
      {signedInAs === null ? (
        <div className="acts">
          <a className="btn main" href={`${PATHS.signIn}?${next}`}>
            {t('signIn.submit')}
          </a>
          <a className="btn" href={`${PATHS.signUp}?${next}`}>
            {t('signUp.submit')}
          </a>
        </div>
      ) : view.isForPerson ? (
        <PostForm>
          <button className="btn main" type="submit">
            {t('invitation.join')}
          </button>
        </PostForm>
      ) : (
        <Notice kind="bad">{t('invitation.otherAddress', { email: offer.email, signedInAs })}</Notice>
      )}
    </NarrowPage>
  );
}
