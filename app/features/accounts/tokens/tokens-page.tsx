// The person's API tokens in the workspace they are in.
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Faults } from '#app/features/accounts/account-form.ts';
import { AccountPage, Notice, PostForm, Section, TextField, useFaultText } from '#app/features/accounts/account-parts.tsx';
import { useInstant } from '#app/features/accounts/own/security-page.tsx';
import { PATHS } from '#app/paths.ts';
import { ChevronDownIcon } from '#app/ui/icons.tsx';
import { SentenceGap } from '#app/ui/sentence-gap.tsx';
import { TOKEN_LIVES_DAYS, TOKEN_SCOPES } from './token-scopes.ts';

export type TokensView = {
  hasWorkspace: boolean;
  tokens: readonly {
    id: string;
    name: string;
    ending: string;
    scopes: string[];
    createdAtMs: number;
    expiresAtMs: number;
    lastUsedAtMs: number | null;
    isOver: boolean;
  }[];
};

export type TokensResult =
  | { intent: 'create'; kind: 'faults'; faults: Faults<string> }
  | { intent: 'create'; kind: 'created'; token: string }
  | { intent: 'create'; kind: 'too-many'; max: number }
  | { intent: 'revoke'; kind: 'done' };

const DEFAULT_LIFE_DAYS = 90;

export function TokensPage({ view, result }: { view: TokensView; result: TokensResult | undefined }) {
  const { t } = useTranslation('accounts');
  const toInstant = useInstant();
  const toText = useFaultText();
  const lifeId = useId();
  const faults: Faults<string> = result?.kind === 'faults' ? result.faults : {};
  return (
    <AccountPage title={t('tokens.title')}>
      <Section id="list" title={t('tokens.list.title')} lead={t('tokens.list.lead')}>
        {result?.kind === 'created' ? (
          <>
            <Notice kind="good">{t('tokens.created')}</Notice>
            <code className="secret">{result.token}</code>
          </>
        ) : null}
        {result?.intent === 'revoke' ? <Notice kind="good">{t('tokens.revoked')}</Notice> : null}
        {view.tokens.length === 0 ? <p className="mute">{t('tokens.none')}</p> : null}
        {view.tokens.length > 0 ? (
          <ul className="rows">
            {view.tokens.map(({ id, name, ending, scopes, expiresAtMs, lastUsedAtMs, isOver }) => (
              <li key={id}>
                <div>
                  {name} <span className="mono">…{ending}</span> {isOver ? <span className="tag">{t('tokens.over')}</span> : null}
                  <small>{scopes.join(', ')}</small>
                  <small>
                    {lastUsedAtMs === null ? t('tokens.neverUsed') : t('tokens.used', { at: toInstant(lastUsedAtMs) })}{' '}
                    {t('tokens.until', { at: toInstant(expiresAtMs) })}
                  </small>
                </div>
                <PostForm intent="revoke">
                  <input type="hidden" name="id" value={id} />
                  <button className="btn sm" type="submit" aria-label={t('tokens.revokeNamed', { name })}>
                    {t('tokens.revoke')}
                  </button>
                </PostForm>
              </li>
            ))}
          </ul>
        ) : null}
      </Section>
      <Section id="new" title={t('tokens.new.title')} lead={t('tokens.new.lead')}>
        {view.hasWorkspace ? (
          <PostForm intent="create">
            {result?.kind === 'too-many' ? <Notice kind="bad">{t('tokens.tooMany', { max: result.max })}</Notice> : null}
            <TextField name="name" label={t('tokens.name')} autoComplete="off" hint={t('tokens.nameHint')} fault={faults.name ?? null} />
            <fieldset>
              <legend>{t('tokens.scopes')}</legend>
              {faults.scope ? (
                <p className="loss small" role="alert">
                  {toText(faults.scope)}
                </p>
              ) : null}
              {TOKEN_SCOPES.map((scope) => (
                <label className="choice" key={scope}>
                  <input type="checkbox" name="scope" value={scope} />
                  <span>
                    {t(`scope.${scope}`)} <span className="mono dim">{scope}</span>
                  </span>
                </label>
              ))}
            </fieldset>
            <div className="field one">
              <label htmlFor={lifeId}>{t('tokens.life')}</label>
              <div className="box">
                <select id={lifeId} name="life" defaultValue={DEFAULT_LIFE_DAYS}>
                  {TOKEN_LIVES_DAYS.map((days) => (
                    <option key={days} value={days}>
                      {t('tokens.days', { count: days })}
                    </option>
                  ))}
                </select>
                <ChevronDownIcon />
              </div>
            </div>
            <button className="btn main" type="submit">
              {t('tokens.create')}
            </button>
          </PostForm>
        ) : (
          <p className="mute">
            {t('tokens.noWorkspace')}
            <SentenceGap />
            <a href={PATHS.security}>{t('security.title')}</a>
          </p>
        )}
      </Section>
    </AccountPage>
  );
}
