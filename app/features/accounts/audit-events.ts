// What the account room reports to the audit log: every sensitive act, by its name there. No secret is ever part of an event.
import type { MemberRole } from '#app/platform/permissions/member-role.ts';

export type AccountEvent =
  | { action: 'session.sign-in'; outcome: 'succeeded'; userId: string; method: 'password' | 'wallet' | 'link' }
  | {
      action: 'session.sign-in';
      outcome: 'refused';
      userId: string | null;
      email: string | null;
      because: 'wrong' | 'suspended' | 'unverified' | 'locked';
    }
  | { action: 'session.second-factor'; outcome: 'succeeded' | 'refused'; userId: string; method: 'code' | 'recovery-code' | null }
  | { action: 'session.sign-out'; userId: string }
  /** Another session than that of the browser that asked. */
  | { action: 'session.sign-out'; userId: string; endedSessionId: string }
  | { action: 'session.sign-out-everywhere'; userId: string; sessions: number }
  | { action: 'account.create'; userId: string; email: string; name: string }
  | { action: 'account.verify-email'; userId: string; email: string }
  | { action: 'account.change-email'; userId: string; email: string }
  | { action: 'account.change-profile'; userId: string; name: string; locale: string }
  | { action: 'account.request-reset'; userId: string; email: string }
  | { action: 'account.change-password'; userId: string; because: 'changed' | 'reset' }
  | { action: 'account.delete'; userId: string; email: string; name: string }
  | { action: 'account.export'; userId: string }
  | { action: 'second-factor.enable' | 'second-factor.disable' | 'second-factor.renew-codes'; userId: string }
  | { action: 'wallet.link' | 'wallet.unlink'; userId: string; address: string }
  | {
      action: 'token.create';
      userId: string;
      tenantId: string;
      tokenId: string;
      name: string;
      ending: string;
      scopes: readonly string[];
      expiresAt: Date;
    }
  | { action: 'token.revoke'; userId: string; tenantId: string; tokenId: string; name: string; ending: string }
  | { action: 'workspace.create'; userId: string; tenantId: string; name: string }
  | { action: 'workspace.transfer'; userId: string; tenantId: string; ownerId: string }
  | {
      action: 'member.invite' | 'member.revoke-invitation';
      userId: string;
      tenantId: string;
      invitationId: string;
      email: string;
      role: MemberRole;
    }
  | { action: 'member.join' | 'member.leave'; userId: string; tenantId: string; memberId: string; role: MemberRole }
  | { action: 'member.change-role'; userId: string; tenantId: string; memberId: string; role: MemberRole; before: MemberRole }
  | { action: 'member.suspend' | 'member.restore' | 'member.remove'; userId: string; tenantId: string; memberId: string; role: MemberRole };
