// Signing a message with an Ethereum wallet, to sign in or to link it. With script the wallet in the browser is asked; without, or with a wallet elsewhere,
// the message is copied there and the signature pasted back.
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NarrowPage, Notice, TextField } from '#app/features/accounts/account-parts.tsx';
import { PATHS } from '#app/paths.ts';
import { CsrfField } from '#app/ui/csrf-field.tsx';

export type WalletResult =
  | { kind: 'message'; message: string }
  | { kind: 'address-unreadable' | 'password-wrong'; address: string }
  | { kind: 'wait'; seconds: number }
  | { kind: 'signature-refused'; because: 'domain' | 'nonce' | 'chain' | 'time' | 'message' | 'signature' }
  | { kind: 'too-many'; max: number }
  | { kind: 'no-origin' | 'unknown-wallet' | 'linked' | 'taken' | 'refused' | 'suspended' | 'unverified' };

/** What wallets put into the page (EIP-1193), as far as it is asked here. */
type Provider = { request: (call: { method: string; params?: unknown[] }) => Promise<unknown> };

function findProvider(): Provider | null {
  const { ethereum } = window as { ethereum?: unknown };
  return typeof ethereum === 'object' && ethereum !== null && 'request' in ethereum ? (ethereum as Provider) : null;
}

const toHex = (text: string) => `0x${[...new TextEncoder().encode(text)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;

/** Asks the wallet in this browser; shown only when there is one. A wallet that says no leaves the form as it is. */
function AskWallet({ label, ask }: { label: string; ask: (provider: Provider) => Promise<void> }) {
  const { t } = useTranslation('accounts');
  const [provider, setProvider] = useState<Provider | null>(null);
  const [hasFailed, setHasFailed] = useState(false);
  useEffect(() => setProvider(findProvider()), []);
  if (provider === null) return null;
  return (
    <>
      <button className="btn" type="button" onClick={() => void ask(provider).catch(() => setHasFailed(true))}>
        {label}
      </button>
      {hasFailed ? <Notice kind="bad">{t('wallet.walletRefused')}</Notice> : null}
    </>
  );
}

/** Writes into the field that is submitted and sends the form on. */
function fillAndSend(form: RefObject<HTMLFormElement | null>, name: string, value: unknown): void {
  const field = form.current?.elements.namedItem(name);
  if (!(field instanceof HTMLInputElement) || typeof value !== 'string') return;
  field.value = value;
  form.current?.requestSubmit();
}

function SignForm({ message, next }: { message: string; next: string }) {
  const { t } = useTranslation('accounts');
  const form = useRef<HTMLFormElement>(null);
  const address = message.split('\n')[1] ?? '';
  return (
    <form method="post" className="form" ref={form}>
      <CsrfField />
      <input type="hidden" name="intent" value="signature" />
      <input type="hidden" name="next" value={next} />
      <label>
        {t('wallet.message')}
        <textarea name="message" readOnly rows={12} spellCheck={false} defaultValue={message} />
      </label>
      <AskWallet
        label={t('wallet.sign')}
        ask={async (provider) => {
          await provider.request({ method: 'eth_requestAccounts' });
          fillAndSend(form, 'signature', await provider.request({ method: 'personal_sign', params: [toHex(message), address] }));
        }}
      />
      <TextField name="signature" label={t('wallet.signature')} autoComplete="off" hint={t('wallet.signatureHint')} />
      <button className="btn main" type="submit">
        {t('wallet.submit')}
      </button>
    </form>
  );
}

type AddressFormProps = { purpose: 'sign-in' | 'link'; next: string; result: WalletResult | undefined };

function AddressForm({ purpose, next, result }: AddressFormProps) {
  const { t } = useTranslation('accounts');
  const form = useRef<HTMLFormElement>(null);
  const typed = result?.kind === 'address-unreadable' || result?.kind === 'password-wrong' ? result.address : '';
  return (
    <form method="post" className="form" ref={form}>
      <CsrfField />
      <input type="hidden" name="intent" value="challenge" />
      <input type="hidden" name="next" value={next} />
      {purpose === 'link' ? (
        <TextField
          name="current"
          label={t('password.current')}
          type="password"
          autoComplete="current-password"
          fault={result?.kind === 'password-wrong' ? { kind: 'password-wrong' } : null}
        />
      ) : null}
      <AskWallet
        label={t('wallet.use')}
        ask={async (provider) => {
          const accounts = await provider.request({ method: 'eth_requestAccounts' });
          fillAndSend(form, 'address', Array.isArray(accounts) ? accounts[0] : null);
        }}
      />
      <TextField
        name="address"
        label={t('wallet.address')}
        autoComplete="off"
        value={typed}
        hint={t('wallet.addressHint')}
        fault={result?.kind === 'address-unreadable' ? { kind: 'code-unreadable' } : null}
      />
      <button className="btn main" type="submit">
        {t('wallet.begin')}
      </button>
    </form>
  );
}

export function WalletPage({ purpose, next, result }: { purpose: 'sign-in' | 'link'; next: string; result: WalletResult | undefined }) {
  const { t } = useTranslation('accounts');
  const back = purpose === 'link' ? PATHS.security : PATHS.signIn;
  if (result?.kind === 'linked') {
    return (
      <NarrowPage title={t('wallet.linked')} lead={t('wallet.linkedLead')}>
        <p>
          <a href={PATHS.security}>{t('security.title')}</a>
        </p>
      </NarrowPage>
    );
  }
  return (
    <NarrowPage
      title={t(purpose === 'link' ? 'wallet.linkTitle' : 'wallet.title')}
      lead={t(purpose === 'link' ? 'wallet.linkLead' : 'wallet.lead')}
    >
      <WalletNotice result={result} />
      {result?.kind === 'message' ? (
        <SignForm message={result.message} next={next} />
      ) : (
        <AddressForm purpose={purpose} next={next} result={result} />
      )}
      <p className="alt">
        <a href={back}>{t('wallet.back')}</a>
      </p>
    </NarrowPage>
  );
}

function WalletNotice({ result }: { result: WalletResult | undefined }) {
  const { t } = useTranslation('accounts');
  if (result === undefined) return null;
  switch (result.kind) {
    case 'message':
    case 'linked':
    case 'address-unreadable':
    case 'password-wrong':
      return null;
    case 'wait':
      return <Notice kind="bad">{t('wait.minutes', { count: Math.ceil(result.seconds / 60) })}</Notice>;
    case 'signature-refused':
      return <Notice kind="bad">{t(`wallet.because.${result.because}`)}</Notice>;
    case 'too-many':
      return <Notice kind="bad">{t('wallet.tooMany', { max: result.max })}</Notice>;
    case 'no-origin':
      return <Notice kind="bad">{t('noOrigin')}</Notice>;
    case 'unknown-wallet':
    case 'taken':
      return <Notice kind="bad">{t(`wallet.${result.kind}`)}</Notice>;
    default:
      return <Notice kind="bad">{t(`signIn.${result.kind}`)}</Notice>;
  }
}
