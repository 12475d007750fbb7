// The people of a workspace: who they are, what they are, and for whoever manages them the forms to change it. Works without script.
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { GivenRole } from '#app/features/accounts/people/member-rules.ts';
import { PATHS } from '#app/paths.ts';
import { useLocale } from '#app/platform/i18n/use-language.ts';
import { CsrfField } from '#app/ui/csrf-field.tsx';
import { createFormat } from '#app/ui/format.ts';
import { ChevronDownIcon } from '#app/ui/icons.tsx';
import { AccountPagesNav } from '#app/ui/own-pages-nav.tsx';
import { SentenceGap } from '#app/ui/sentence-gap.tsx';
import { GRANT_KINDS } from './grant-rules.ts';
import type { MemberResult } from './member-result.ts';
import type { MemberRow, MembersView } from './read-members.server.ts';

export function MembersPage({ view, result }: { view: MembersView; result: MemberResult | null }) {
  const { t } = useTranslation('members');
  return (
    <main className="page members">
      <AccountPagesNav />
      <header className="members-head">
        <h1>{t('page.title')}</h1>
        <p className="measure mute">
          {t('page.lead', { workspace: view.workspace.name })}
          <SentenceGap />
          <a href={PATHS.roles}>{t('page.roles')}</a>
        </p>
        <p className="small dim">{t('page.workspaceId', { id: view.workspace.id })}</p>
      </header>
      {result === null ? null : <Result result={result} />}
      {view.grantable === null ? null : <GrantableList names={view.grantable} />}
      <MemberTable members={view.members} roles={view.givableRoles} />
      {view.invitations === null ? null : (
        <>
          <Invite roles={view.givableRoles} />
          {view.invitations.length === 0 ? null : <Invitations invitations={view.invitations} />}
        </>
      )}
    </main>
  );
}

/** One list of names for the grant forms of all members: offered while one types, and works without script. */
const GRANTABLE_LIST_ID = 'grantable-names';

function GrantableList({ names }: { names: NonNullable<MembersView['grantable']> }) {
  const { t } = useTranslation('members');
  return (
    <datalist id={GRANTABLE_LIST_ID}>
      {GRANT_KINDS.flatMap((kind) =>
        names[kind].map((name) => (
          <option key={`${kind} ${name}`} value={name}>
            {t(`grants.kind.${kind}`)}
          </option>
        )),
      )}
    </datalist>
  );
}

function Result({ result }: { result: MemberResult }) {
  const { t } = useTranslation('members');
  if (result.kind === 'done') {
    return (
      <div className="note" role="note">
        <p>{t(`done.${result.act}`)}</p>
      </div>
    );
  }
  return (
    <div className="note bad" role="alert">
      <p>{t(`refused.${result.reason}`, result.values)}</p>
    </div>
  );
}

function MemberTable({ members, roles }: { members: MemberRow[]; roles: readonly GivenRole[] }) {
  const { t } = useTranslation(['members', 'roles']);
  const format = createFormat(useLocale());
  const hasManaged = members.some(({ mayManage, mayBecomeOwner }) => mayManage || mayBecomeOwner);
  return (
    <div className="tw">
      <table className="t cards">
        <caption className="vh">{t('table.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('table.name')}</th>
            <th scope="col">{t('table.role')}</th>
            <th scope="col">{t('table.state')}</th>
            <th scope="col">{t('table.since')}</th>
            {hasManaged ? <th scope="col">{t('table.manage')}</th> : null}
          </tr>
        </thead>
        <tbody>
          {members.map((member) => (
            <tr key={member.id}>
              <th scope="row">
                {member.name} {member.isYou ? <span className="tag">{t('state.you')}</span> : null}
                <small className="dim">{member.email}</small>
              </th>
              <td data-l={t('table.role')}>
                {t(`roles:role.${member.role}`)}
                <Limits member={member} />
              </td>
              <td data-l={t('table.state')}>{t(member.isSuspended ? 'state.suspended' : 'state.active')}</td>
              <td className="members-since" data-l={t('table.since')}>
                {format.date(member.joinedAt)}
              </td>
              {hasManaged ? (
                <td className="all">{member.mayManage || member.mayBecomeOwner ? <Manage member={member} roles={roles} /> : null}</td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Manage({ member, roles }: { member: MemberRow; roles: readonly GivenRole[] }) {
  const { t } = useTranslation('members');
  const { id, name } = member;
  return (
    <details className="data">
      <summary>{t('manage.open', { name })}</summary>
      <div className="members-manage">
        {member.mayManage ? (
          <>
            <MemberForm intent="role" memberId={id} label={t('manage.changeRole')}>
              <RoleSelect roles={roles} label={t('manage.role')} value={member.role} />
            </MemberForm>
            <Grants member={member} />
            {member.isSuspended ? (
              <MemberForm intent="restore" memberId={id} label={t('manage.restore')} />
            ) : (
              <MemberForm intent="suspend" memberId={id} label={t('manage.suspend')}>
                <p className="small mute">{t('manage.suspendHint')}</p>
              </MemberForm>
            )}
            <MemberForm intent="remove" memberId={id} label={t('manage.remove')}>
              <Sure label={t('manage.removeSure', { name })} />
            </MemberForm>
          </>
        ) : null}
        {member.mayBecomeOwner ? (
          <MemberForm intent="transfer" memberId={id} label={t('manage.transfer')}>
            <Sure label={t('manage.transferSure', { name })} />
          </MemberForm>
        ) : null}
      </div>
    </details>
  );
}

/** What of the workspace the member sees at all, in a line. */
function Limits({ member }: { member: MemberRow }) {
  const { t } = useTranslation('members');
  const count = member.grants.length;
  if (count === 0 && !member.seesOnlyGranted) return null;
  return <small className="dim members-limits">{count === 0 ? t('grants.nothingYet') : t('grants.limited', { count })}</small>;
}

function Grants({ member }: { member: MemberRow }) {
  const { t } = useTranslation('members');
  const kindId = useId();
  const nameId = useId();
  return (
    <fieldset className="members-grants">
      <legend>{t('grants.title')}</legend>
      <p className="small mute">{t(member.seesOnlyGranted ? 'grants.hintOwn' : 'grants.hint')}</p>
      {member.grants.length === 0 ? null : (
        <ul>
          {member.grants.map(({ kind, id, name }) => (
            <li key={`${kind} ${id}`}>
              <span>
                {t(`grants.kind.${kind}`)} <strong>{name}</strong>
              </span>
              <MemberForm
                intent="withdraw-grant"
                memberId={member.id}
                label={t('grants.withdraw')}
                name={t('grants.withdrawNamed', { kind: t(`grants.kind.${kind}`), name })}
              >
                <input type="hidden" name="kind" value={kind} />
                <input type="hidden" name="target" value={id} />
              </MemberForm>
            </li>
          ))}
        </ul>
      )}
      <MemberForm intent="grant" memberId={member.id} label={t('grants.give')}>
        <div className="members-grant">
          <div className="field one">
            <label htmlFor={kindId}>{t('grants.kindLabel')}</label>
            <div className="box">
              <select id={kindId} name="kind" defaultValue="site">
                {GRANT_KINDS.map((kind) => (
                  <option key={kind} value={kind}>
                    {t(`grants.kind.${kind}`)}
                  </option>
                ))}
              </select>
              <ChevronDownIcon />
            </div>
          </div>
          <div className="field one">
            <label htmlFor={nameId}>{t('grants.name')}</label>
            <div className="box">
              <input id={nameId} name="name" type="text" list={GRANTABLE_LIST_ID} autoComplete="off" maxLength={200} required />
            </div>
          </div>
        </div>
      </MemberForm>
    </fieldset>
  );
}

/** `name`: what the button is called where its label alone would not tell it from the others. */
type MemberFormProps = { intent: string; memberId: string; label: string; name?: string; children?: React.ReactNode };

function MemberForm({ intent, memberId, label, name, children }: MemberFormProps) {
  return (
    <form method="post" action={PATHS.members}>
      <CsrfField />
      <input type="hidden" name="intent" value={intent} />
      <input type="hidden" name="member" value={memberId} />
      {children}
      <button type="submit" className="btn sm" aria-label={name}>
        {label}
      </button>
    </form>
  );
}

function RoleSelect({ roles, label, value }: { roles: readonly GivenRole[]; label: string; value?: string }) {
  const { t } = useTranslation('roles');
  const id = useId();
  return (
    <div className="field one">
      <label htmlFor={id}>{label}</label>
      <div className="box">
        <select id={id} name="role" defaultValue={value}>
          {roles.map((role) => (
            <option key={role} value={role}>
              {t(`role.${role}`)}
            </option>
          ))}
        </select>
        <ChevronDownIcon />
      </div>
    </div>
  );
}

function Sure({ label }: { label: string }) {
  return (
    <label className="members-sure">
      <input type="checkbox" name="sure" value="yes" required /> {label}
    </label>
  );
}

function Invite({ roles }: { roles: readonly GivenRole[] }) {
  const { t } = useTranslation('members');
  const id = useId();
  return (
    <section className="sec" aria-labelledby="invite-title">
      <header>
        <h2 id="invite-title">{t('invite.title')}</h2>
        <p>{t('invite.lead')}</p>
      </header>
      <form method="post" action={PATHS.members} className="members-invite">
        <CsrfField />
        <input type="hidden" name="intent" value="invite" />
        <div className="field one">
          <label htmlFor={id}>{t('invite.email')}</label>
          <div className="box">
            <input id={id} name="email" type="email" autoComplete="off" maxLength={254} required />
          </div>
        </div>
        <RoleSelect roles={roles} label={t('invite.role')} value="operator" />
        <button type="submit" className="btn main">
          {t('invite.send')}
        </button>
      </form>
    </section>
  );
}

function Invitations({ invitations }: { invitations: NonNullable<MembersView['invitations']> }) {
  const { t, i18n } = useTranslation(['members', 'roles']);
  const format = createFormat(useLocale());
  return (
    <section className="sec" aria-labelledby="open-title">
      <header>
        <h2 id="open-title">{t('open.title')}</h2>
      </header>
      <ul className="members-open">
        {invitations.map(({ id, email, role, expiresAt, inviterName }) => (
          <li key={id} className="row wrap">
            <div>
              <p>{email}</p>
              <p className="small mute">
                {i18n.exists(`role.${role}`, { ns: 'roles' }) ? t(`roles:role.${role as GivenRole}`) : role} ·{' '}
                {t('open.until', { date: format.date(expiresAt) })}
                {inviterName === null ? null : ` · ${t('open.by', { name: inviterName })}`}
              </p>
            </div>
            <form method="post" action={PATHS.members}>
              <CsrfField />
              <input type="hidden" name="intent" value="revoke" />
              <input type="hidden" name="invitation" value={id} />
              <button type="submit" className="btn sm" aria-label={t('open.revokeFor', { email })}>
                {t('open.revoke')}
              </button>
            </form>
          </li>
        ))}
      </ul>
    </section>
  );
}
