// The person's own page: name, language, address, workspaces, data, leaving.
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Faults } from '#app/features/accounts/account-form.ts';
import { AccountPage, Notice, PostForm, Section, TextField } from '#app/features/accounts/account-parts.tsx';
import { PATHS } from '#app/paths.ts';
import { LANGUAGE_NAMES, LANGUAGES } from '#app/platform/i18n/languages.ts';
import { findMemberRole } from '#app/platform/permissions/member-role.ts';
import { ChevronDownIcon } from '#app/ui/icons.tsx';

export type ProfileView = {
  email: string;
  name: string;
  locale: string;
  workspaces: readonly { tenantId: string; name: string; role: string; isDemo: boolean }[];
  tenantId: string | null;
  hasDevMail: boolean;
};

type Intent = 'profile' | 'email' | 'leave' | 'delete';

export type ProfileResult =
  | { intent: Intent; kind: 'faults'; faults: Faults<string> }
  | { intent: Intent; kind: 'done' }
  | { intent: Intent; kind: 'wait'; seconds: number }
  | { intent: Intent; kind: 'no-origin' | 'owner-stays' }
  | { intent: Intent; kind: 'hand-over-first'; workspaces: string[] };

function ResultNotice({ result, intent, done }: { result: ProfileResult | undefined; intent: Intent; done: string }) {
  const { t } = useTranslation('accounts');
  if (result?.intent !== intent || result.kind === 'faults') return null;
  switch (result.kind) {
    case 'done':
      return <Notice kind="good">{done}</Notice>;
    case 'wait':
      return <Notice kind="bad">{t('wait.minutes', { count: Math.ceil(result.seconds / 60) })}</Notice>;
    case 'no-origin':
      return <Notice kind="bad">{t('noOrigin')}</Notice>;
    case 'owner-stays':
      return <Notice kind="bad">{t('profile.workspaces.ownerStays')}</Notice>;
    case 'hand-over-first':
      return <Notice kind="bad">{t('profile.delete.handOver', { workspaces: result.workspaces.join(', ') })}</Notice>;
  }
}

export function ProfilePage({ view, result }: { view: ProfileView; result: ProfileResult | undefined }) {
  const { t } = useTranslation('accounts');
  const languageId = useId();
  const faultsOf = (intent: Intent): Faults<string> => (result?.intent === intent && result.kind === 'faults' ? result.faults : {});
  return (
    <AccountPage title={t('profile.title')}>
      <Section id="person" title={t('profile.person.title')} lead={t('profile.person.lead')}>
        <ResultNotice result={result} intent="profile" done={t('saved')} />
        <PostForm intent="profile">
          <TextField name="name" label={t('name.label')} autoComplete="name" value={view.name} fault={faultsOf('profile').name ?? null} />
          <div className="field one">
            <label htmlFor={languageId}>{t('profile.language')}</label>
            <div className="box">
              <select id={languageId} name="locale" defaultValue={view.locale}>
                {LANGUAGES.map((language) => (
                  <option key={language} value={language}>
                    {LANGUAGE_NAMES[language]}
                  </option>
                ))}
              </select>
              <ChevronDownIcon />
            </div>
          </div>
          <button className="btn main" type="submit">
            {t('save')}
          </button>
        </PostForm>
      </Section>

      <Section id="address" title={t('profile.email.title')} lead={t('profile.email.lead', { email: view.email })}>
        <ResultNotice result={result} intent="email" done={t('profile.email.sent')} />
        {result?.intent === 'email' && result.kind === 'done' && view.hasDevMail ? <a href={PATHS.devMail}>{t('devMail.link')}</a> : null}
        <PostForm intent="email">
          <TextField
            name="email"
            label={t('profile.email.new')}
            type="email"
            autoComplete="email"
            inputMode="email"
            fault={faultsOf('email').email ?? null}
          />
          <TextField
            name="current"
            label={t('password.current')}
            type="password"
            autoComplete="current-password"
            fault={faultsOf('email').current ?? null}
          />
          <button className="btn" type="submit">
            {t('profile.email.submit')}
          </button>
        </PostForm>
      </Section>

      <Section id="workspaces" title={t('profile.workspaces.title')} lead={t('profile.workspaces.lead')}>
        <ResultNotice result={result} intent="leave" done={t('profile.workspaces.left')} />
        {view.workspaces.length === 0 ? (
          <p className="mute">{t('profile.workspaces.none')}</p>
        ) : (
          <ul className="rows">
            {view.workspaces.map(({ tenantId, name, role, isDemo }) => (
              <li key={tenantId}>
                <div>
                  {name} {isDemo ? <span className="tag">{t('profile.workspaces.demo')}</span> : null}
                  <small>{t(`role.${findMemberRole(role) ?? 'customer'}`)}</small>
                </div>
                {tenantId === view.tenantId ? (
                  <span className="tag">{t('profile.workspaces.here')}</span>
                ) : (
                  <PostForm intent="enter">
                    <input type="hidden" name="id" value={tenantId} />
                    <button className="btn sm" type="submit" aria-label={t('profile.workspaces.enterNamed', { name })}>
                      {t('profile.workspaces.enter')}
                    </button>
                  </PostForm>
                )}
                {role === 'owner' ? null : (
                  <PostForm intent="leave">
                    <input type="hidden" name="id" value={tenantId} />
                    <button className="btn sm" type="submit" aria-label={t('profile.workspaces.leaveNamed', { name })}>
                      {t('profile.workspaces.leave')}
                    </button>
                  </PostForm>
                )}
              </li>
            ))}
          </ul>
        )}
      </Section>

      <Section id="data" title={t('profile.data.title')} lead={t('profile.data.lead')}>
        <p>
          <a className="btn" href={PATHS.ownData} download>
            {t('profile.data.download')}
          </a>
        </p>
      </Section>

      <Section id="end" title={t('profile.signOut.title')}>
        <PostForm action={PATHS.signOut}>
          <button className="btn" type="submit">
            {t('profile.signOut.submit')}
          </button>
        </PostForm>
        <details open={result?.intent === 'delete'}>
          <summary>{t('profile.delete.title')}</summary>
          <ResultNotice result={result} intent="delete" done="" />
          <p className="mute">{t('profile.delete.lead')}</p>
          <PostForm intent="delete">
            <TextField
              name="current"
              label={t('password.current')}
              type="password"
              autoComplete="current-password"
              fault={faultsOf('delete').current ?? null}
            />
            <button className="btn danger" type="submit">
              {t('profile.delete.submit')}
            </button>
          </PostForm>
        </details>
      </Section>
    </AccountPage>
  );
}
