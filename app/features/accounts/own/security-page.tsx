// Password, second factor, signed-in browsers, wallets.
import { useTranslation } from 'react-i18next';
import type { Faults } from '#app/features/accounts/account-form.ts';
import { AccountPage, Notice, PostForm, Section, TextField } from '#app/features/accounts/account-parts.tsx';
import { MAX_PASSWORD_CHARACTERS, MIN_PASSWORD_CHARACTERS } from '#app/features/accounts/passwords/password-rules.ts';
import { PATHS } from '#app/paths.ts';
import { HTML_LANG } from '#app/platform/i18n/languages.ts';
import { useLocale } from '#app/platform/i18n/use-language.ts';

export type SecurityView = {
  flash: { intent: string; kind: 'done' } | { intent: string; kind: 'codes'; codes: string[] } | null;
  secondFactor: { isOn: boolean; isRequired: boolean; unusedCodes: number; setup: { secret: string; path: string; size: number } | null };
  sessions: readonly {
    id: string;
    browser: string | null;
    system: string | null;
    address: string;
    createdAtMs: number;
    lastSeenAtMs: number;
    isThis: boolean;
  }[];
  wallets: readonly { id: string; address: string; linkedAtMs: number; lastUsedAtMs: number | null }[];
};

export type SecurityResult =
  | { intent: string; kind: 'faults'; faults: Faults<string> }
  | { intent: string; kind: 'done' }
  | { intent: string; kind: 'wait'; seconds: number };

/** An instant in UTC, alike on server and in browser: nobody has told us the reader's zone. */
export function useInstant(): (atMs: number) => string {
  const locale = useLocale();
  const format = new Intl.DateTimeFormat(HTML_LANG[locale], { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });
  return (atMs) => `${format.format(atMs)} UTC`;
}

type PartProps = { view: SecurityView; result: SecurityResult | undefined };

const faultsOf = (result: SecurityResult | undefined, intent: string): Faults<string> =>
  result?.intent === intent && result.kind === 'faults' ? result.faults : {};

function WaitNotice({ result, intent }: { result: SecurityResult | undefined; intent: string }) {
  const { t } = useTranslation('accounts');
  if (result?.intent !== intent || result.kind !== 'wait') return null;
  return <Notice kind="bad">{t('wait.minutes', { count: Math.ceil(result.seconds / 60) })}</Notice>;
}

function CurrentPassword({ result, intent }: { result: SecurityResult | undefined; intent: string }) {
  const { t } = useTranslation('accounts');
  return (
    <TextField
      name="current"
      label={t('password.current')}
      type="password"
      autoComplete="current-password"
      fault={faultsOf(result, intent).current ?? null}
    />
  );
}

function PasswordSection({ view, result }: PartProps) {
  const { t } = useTranslation('accounts');
  return (
    <Section id="password" title={t('security.password.title')} lead={t('security.password.lead')}>
      {view.flash?.intent === 'password' ? <Notice kind="good">{t('security.password.done')}</Notice> : null}
      <WaitNotice result={result} intent="password" />
      <PostForm intent="password">
        <CurrentPassword result={result} intent="password" />
        <TextField
          name="password"
          label={t('password.new')}
          type="password"
          autoComplete="new-password"
          hint={t('password.hint', { min: MIN_PASSWORD_CHARACTERS, max: MAX_PASSWORD_CHARACTERS })}
          fault={faultsOf(result, 'password').password ?? null}
        />
        <button className="btn" type="submit">
          {t('security.password.submit')}
        </button>
      </PostForm>
    </Section>
  );
}

function Codes({ codes }: { codes: readonly string[] }) {
  const { t } = useTranslation('accounts');
  return (
    <div className="body">
      <Notice kind="good">{t('security.factor.codesShown')}</Notice>
      <ul className="codes">
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
    </div>
  );
}

function FactorSetup({ setup, result }: { setup: NonNullable<SecurityView['secondFactor']['setup']>; result: SecurityResult | undefined }) {
  const { t } = useTranslation('accounts');
  return (
    <>
      <p className="measure">{t('security.factor.scan')}</p>
      <svg
        className="qr"
        viewBox={`0 0 ${setup.size} ${setup.size}`}
        role="img"
        aria-label={t('security.factor.qr')}
        shapeRendering="crispEdges"
      >
        <path d={setup.path} />
      </svg>
      <p>
        {t('security.factor.type')} <code className="secret">{setup.secret}</code>
      </p>
      <PostForm intent="factor-confirm">
        <TextField
          name="code"
          label={t('security.factor.firstCode')}
          autoComplete="one-time-code"
          inputMode="numeric"
          hint={t('security.factor.firstCodeHint')}
          fault={faultsOf(result, 'factor-confirm').code ?? null}
        />
        <button className="btn main" type="submit">
          {t('security.factor.confirm')}
        </button>
      </PostForm>
    </>
  );
}

function SecondFactorSection({ view, result }: PartProps) {
  const { t } = useTranslation('accounts');
  const { isOn, isRequired, unusedCodes, setup } = view.secondFactor;
  const { flash } = view;
  return (
    <Section id="second-factor" title={t('security.factor.title')} lead={t('security.factor.lead')}>
      {isRequired && !isOn ? <Notice kind="bad">{t('security.factor.required')}</Notice> : null}
      {flash?.intent === 'factor-off' ? <Notice kind="good">{t('security.factor.offDone')}</Notice> : null}
      {flash?.kind === 'codes' ? <Codes codes={flash.codes} /> : null}
      {isOn ? (
        <>
          <p>{t('security.factor.on', { count: unusedCodes })}</p>
          <details open={result?.intent === 'factor-codes'}>
            <summary>{t('security.factor.renew')}</summary>
            <WaitNotice result={result} intent="factor-codes" />
            <PostForm intent="factor-codes">
              <CurrentPassword result={result} intent="factor-codes" />
              <button className="btn" type="submit">
                {t('security.factor.renew')}
              </button>
            </PostForm>
          </details>
          <details open={result?.intent === 'factor-off'}>
            <summary>{t('security.factor.off')}</summary>
            <WaitNotice result={result} intent="factor-off" />
            <PostForm intent="factor-off">
              <CurrentPassword result={result} intent="factor-off" />
              <button className="btn danger" type="submit">
                {t('security.factor.off')}
              </button>
            </PostForm>
          </details>
        </>
      ) : setup ? (
        <FactorSetup setup={setup} result={result} />
      ) : (
        <>
          <WaitNotice result={result} intent="factor-begin" />
          <PostForm intent="factor-begin">
            <CurrentPassword result={result} intent="factor-begin" />
            <button className="btn main" type="submit">
              {t('security.factor.begin')}
            </button>
          </PostForm>
        </>
      )}
    </Section>
  );
}

function SessionsSection({ view, result }: PartProps) {
  const { t } = useTranslation('accounts');
  const toInstant = useInstant();
  return (
    <Section id="sessions" title={t('security.sessions.title')} lead={t('security.sessions.lead')}>
      {result?.intent === 'sessions' || result?.intent === 'session' ? <Notice kind="good">{t('security.sessions.ended')}</Notice> : null}
      <ul className="rows">
        {view.sessions.map(({ id, browser, system, address, createdAtMs, lastSeenAtMs, isThis }) => (
          <li key={id}>
            <div>
              {[browser, system].filter(Boolean).join(' · ') || t('security.sessions.unknownDevice')}{' '}
              {isThis ? <span className="tag">{t('security.sessions.this')}</span> : null}
              <small>{t('security.sessions.used', { at: toInstant(lastSeenAtMs), address })}</small>
              <small>{t('security.sessions.since', { at: toInstant(createdAtMs) })}</small>
            </div>
            <PostForm intent="session">
              <input type="hidden" name="id" value={id} />
              <button className="btn sm" type="submit" aria-label={t('security.sessions.endNamed', { at: toInstant(createdAtMs) })}>
                {t('security.sessions.end')}
              </button>
            </PostForm>
          </li>
        ))}
      </ul>
      {view.sessions.length > 1 ? (
        <PostForm intent="sessions">
          <button className="btn" type="submit">
            {t('security.sessions.endOthers')}
          </button>
        </PostForm>
      ) : null}
    </Section>
  );
}

function WalletsSection({ view, result }: PartProps) {
  const { t } = useTranslation('accounts');
  const toInstant = useInstant();
  return (
    <Section id="wallets" title={t('security.wallets.title')} lead={t('security.wallets.lead')}>
      {result?.intent === 'wallet-unlink' ? <Notice kind="good">{t('security.wallets.unlinked')}</Notice> : null}
      {view.wallets.length === 0 ? <p className="mute">{t('security.wallets.none')}</p> : null}
      {view.wallets.length > 0 ? (
        <ul className="rows">
          {view.wallets.map(({ id, address, linkedAtMs, lastUsedAtMs }) => (
            <li key={id}>
              <div>
                <span className="mono">{address}</span>
                <small>
                  {lastUsedAtMs === null
                    ? t('security.wallets.neverUsed', { at: toInstant(linkedAtMs) })
                    : t('security.wallets.used', { at: toInstant(lastUsedAtMs) })}
                </small>
              </div>
              <PostForm intent="wallet-unlink">
                <input type="hidden" name="id" value={id} />
                <button className="btn sm" type="submit" aria-label={t('security.wallets.unlinkNamed', { address })}>
                  {t('security.wallets.unlink')}
                </button>
              </PostForm>
            </li>
          ))}
        </ul>
      ) : null}
      <p>
        <a className="btn" href={PATHS.securityWallet}>
          {t('security.wallets.link')}
        </a>
      </p>
    </Section>
  );
}

export function SecurityPage(props: PartProps) {
  const { t } = useTranslation('accounts');
  return (
    <AccountPage title={t('security.title')}>
      <SecondFactorSection {...props} />
      <PasswordSection {...props} />
      <SessionsSection {...props} />
      <WalletsSection {...props} />
    </AccountPage>
  );
}
