// A message to one channel on request, so that a wrong address is found before something is wrong. It counts for no budget and is no alert.
import { randomUUID } from 'node:crypto';
import { type ChangeOutcome, done, NOT_FOUND } from '#app/features/sites/refused-change.ts';
import { type Caller, requireWhole, type SitesDeps, withScope } from '#app/features/sites/scope.server.ts';
import { PATHS } from '#app/paths.ts';
import { recordAudit } from '#app/platform/audit/record-audit.server.ts';
import { getDb } from '#app/platform/db.server.ts';
import { getEnv } from '#app/platform/env.server.ts';
import { LANGUAGES } from '#app/platform/i18n/languages.ts';
import { enqueueLetter, type SendLetter } from '#app/platform/mail/send-message.server.ts';
import type { GuardOptions } from '#app/platform/network/guarded-fetch.server.ts';
import { unsealText } from '#app/platform/sealed-text.server.ts';
import { getLetterTexts } from '../notify/letter-texts.ts';
import { sayOutcome, sendSigned } from '../notify/send-signed.server.ts';
import type { ChannelKind } from './channel-fields.ts';

export type ChannelTestDeps = SitesDeps & {
  sealingSecret: string;
  guard: GuardOptions;
  sendLetter: SendLetter;
  origin: string | undefined;
  nowMs: () => number;
};

export function getChannelTestDeps(): ChannelTestDeps {
  const { SESSION_SECRET, OUTBOUND_PRIVATE_NETWORKS, PUBLIC_ORIGIN } = getEnv();
  return {
    db: getDb(),
    sealingSecret: SESSION_SECRET,
    guard: { privateNetworks: OUTBOUND_PRIVATE_NETWORKS },
    sendLetter: enqueueLetter,
    origin: PUBLIC_ORIGIN,
    nowMs: Date.now,
  };
}

/** `outcome`: of a webhook as deliveries keep it; of an e-mail `queued`: whether it arrives only its reader knows. */
export type ChannelTested = { name: string; kind: ChannelKind; outcome: string };

/** A channel that is switched off can be tested too: that is when one wants to. */
export async function testChannel(deps: ChannelTestDeps, caller: Caller, id: string): Promise<ChangeOutcome<ChannelTested>> {
  const { sealingSecret, guard, sendLetter, origin, nowMs } = deps;
  const channel = await withScope(deps, caller, 'settings.write', async (scoped) => {
    requireWhole(scoped, 'settings.write');
    const found = await scoped.tx.alertChannel.findFirst({ where: { id } });
    if (found === null) return null;
    const { name, kind, target, isEnabled } = found;
    const after = { name, kind, target, isEnabled };
    const { actor, origin: from } = caller;
    await recordAudit(scoped.tx, scoped.tenantId, {
      action: 'alert.test-channel',
      actor,
      origin: from,
      target: { kind: 'setting', id },
      after,
    });
    return found;
  });
  if (channel === null) return NOT_FOUND;
  const { name, target, sealedSecret } = channel;
  // The database checks that webhooks have a secret and letters none. Nothing is sent while a transaction is open.
  if (sealedSecret === null) {
    const language = LANGUAGES.find((one) => one === channel.language) ?? 'en';
    const t = getLetterTexts(language);
    const action = origin === undefined ? null : { label: t('letter.open'), url: `${origin}${PATHS.alerts}` };
    const paragraphs = [t('letter.testText', { name })];
    await sendLetter({ to: target, language, subject: t('letter.testSubject', { name }), paragraphs, action, footer: t('letter.footer') });
    return done({ name, kind: 'email', outcome: 'queued' });
  }
  const messageId = randomUUID();
  const secret = unsealText(sealingSecret, 'webhook', sealedSecret, id);
  const body = { id: messageId, isTest: true, alerts: [] };
  const answer = await sendSigned({ url: target, secret, messageId, body, nowMs: nowMs() }, guard);
  return done({ name, kind: 'webhook', outcome: sayOutcome(answer) });
}
