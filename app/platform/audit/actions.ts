// Every act that leaves an audit event, and which fields of its "before" and "after" may be written down (decision 0072).
// What is not named here is not recorded: a new column of a table can never slip into the audit log by itself.

/** `plain`: as it is. `masked`: enough to recognise, not enough to use. `hidden`: only that there was a value. */
export type FieldRule = 'plain' | 'masked' | 'hidden';

type ActionRule = { readonly fields: Readonly<Record<string, FieldRule>> };

const nothing = {} as const;
const person = { email: 'masked', name: 'plain' } as const;
const membership = { role: 'plain', userId: 'plain' } as const;

const site = {
  name: 'plain',
  status: 'plain',
  timeZone: 'plain',
  capacityKw: 'plain',
  tariffUsdPerKwh: 'plain',
  pue: 'plain',
  pollCadenceS: 'plain',
} as const;
const place = { name: 'plain', kind: 'plain' } as const;

export const AUDIT_ACTIONS = {
  'session.sign-in': { fields: { email: 'masked', method: 'plain', because: 'plain' } },
  'session.second-factor': { fields: { method: 'plain', because: 'plain' } },
  'session.sign-out': { fields: nothing },
  'session.sign-out-everywhere': { fields: { sessions: 'plain' } },
  'session.lock-out': { fields: { email: 'masked', untilAt: 'plain' } },

  'account.create': { fields: person },
  'account.verify-email': { fields: { email: 'masked' } },
  'account.change-email': { fields: { email: 'masked' } },
  'account.change-profile': { fields: { ...person, locale: 'plain' } },
  'account.request-reset': { fields: { email: 'masked' } },
  'account.change-password': { fields: { password: 'hidden', because: 'plain' } },
  'account.suspend': { fields: { because: 'plain' } },
  'account.restore': { fields: { because: 'plain' } },
  'account.delete': { fields: person },
  'account.export': { fields: nothing },
  'second-factor.enable': { fields: nothing },
  'second-factor.disable': { fields: nothing },
  'second-factor.renew-codes': { fields: { codes: 'hidden' } },
  'wallet.link': { fields: { address: 'plain' } },
  'wallet.unlink': { fields: { address: 'plain' } },
  'token.create': { fields: { name: 'plain', ending: 'plain', scopes: 'plain', expiresAt: 'plain' } },
  'token.revoke': { fields: { name: 'plain', ending: 'plain' } },

  'member.invite': { fields: { email: 'masked', role: 'plain' } },
  'member.revoke-invitation': { fields: { email: 'masked', role: 'plain' } },
  'member.join': { fields: membership },
  'member.leave': { fields: membership },
  'member.change-role': { fields: membership },
  'member.suspend': { fields: { ...membership, isSuspended: 'plain' } },
  'member.restore': { fields: { ...membership, isSuspended: 'plain' } },
  'member.remove': { fields: membership },
  'member.grant': { fields: { ...membership, kind: 'plain', id: 'plain' } },
  'member.withdraw-grant': { fields: { ...membership, kind: 'plain', id: 'plain' } },
  'workspace.create': { fields: { name: 'plain' } },
  'workspace.rename': { fields: { name: 'plain' } },
  'workspace.transfer': { fields: { ownerId: 'plain' } },
  'workspace.enter': { fields: { reason: 'plain', expiresAt: 'plain' } },
  'workspace.exit': { fields: { reason: 'plain' } },

  'staff.appoint': { fields: { email: 'masked' } },
  'staff.dismiss': { fields: { email: 'masked' } },
  'batch.upload': { fields: { name: 'plain', fileName: 'plain', fileBytes: 'plain' } },
  'batch.rename': { fields: { name: 'plain' } },
  'batch.cancel': { fields: { name: 'plain' } },
  'batch.share': { fields: { name: 'plain' } },
  'batch.unshare': { fields: { name: 'plain' } },
  'batch.delete': { fields: { name: 'plain' } },

  'scenario.save': { fields: { name: 'plain' } },
  'scenario.delete': { fields: { name: 'plain' } },

  'site.create': { fields: site },
  'site.change': { fields: site },
  'site.meter': { fields: { quarters: 'plain', firstAt: 'plain', lastAt: 'plain', fileName: 'plain' } },
  'place.create': { fields: place },
  'place.change': { fields: place },
  'place.delete': { fields: place },
  'client.create': { fields: { name: 'plain' } },
  'client.change': { fields: { name: 'plain' } },
  // What changed on which machine is in the history of the machine, by the number of the set.
  'machine.create': { fields: { setId: 'plain' } },
  'machine.change': { fields: { setId: 'plain', changed: 'plain' } },
  'machine.bulk-edit': { fields: { setId: 'plain', changed: 'plain', machines: 'plain' } },
  'machine.import': { fields: { setId: 'plain', fileName: 'plain', created: 'plain', updated: 'plain' } },

  'alert.change-rule': { fields: { rule: 'plain', isEnabled: 'plain', severity: 'plain', numbers: 'plain' } },
  'alert.create-channel': { fields: { name: 'plain', kind: 'plain', target: 'masked', isEnabled: 'plain' } },
  'alert.change-channel': { fields: { name: 'plain', kind: 'plain', target: 'masked', isEnabled: 'plain' } },
  'alert.delete-channel': { fields: { name: 'plain', kind: 'plain', target: 'masked', isEnabled: 'plain' } },
  'alert.test-channel': { fields: { name: 'plain', kind: 'plain', target: 'masked', isEnabled: 'plain' } },

  'power-price.create': { fields: { name: 'plain', origin: 'plain', url: 'masked' } },
  'power-price.load': { fields: { name: 'plain', fileName: 'plain', rows: 'plain' } },
  'power-price.delete': { fields: { name: 'plain', origin: 'plain', url: 'masked' } },

  'permission.refuse': { fields: { permission: 'plain', because: 'plain' } },
  // Bounded, since whoever is refused chooses how often: see note-refusal.server.ts.
  'request.rate-limit': { fields: { limit: 'plain', most: 'plain', windowS: 'plain' } },
  'request.forgery': { fields: { because: 'plain' } },
  'settings.change': { fields: { name: 'plain', value: 'plain', secret: 'hidden' } },
  'report.create': { fields: { kind: 'plain', format: 'plain', language: 'plain', name: 'plain' } },
  'report.rerun': { fields: { kind: 'plain', format: 'plain', name: 'plain' } },
  'report.cancel': { fields: { name: 'plain' } },
  'report.download': { fields: { name: 'plain', format: 'plain', digest: 'plain' } },
  'report.delete': { fields: { name: 'plain', format: 'plain' } },
  'data.export': { fields: { what: 'plain', format: 'plain', rows: 'plain' } },
  'audit.export': { fields: { format: 'plain', rows: 'plain' } },
} as const satisfies Record<`${string}.${string}`, ActionRule>;

/** `area.act`. */
export type AuditAction = keyof typeof AUDIT_ACTIONS;
export const AUDIT_ACTION_NAMES = Object.keys(AUDIT_ACTIONS) as AuditAction[];

export function isAuditAction(name: string): name is AuditAction {
  return Object.hasOwn(AUDIT_ACTIONS, name);
}

/** What an event of this action may carry in `before` and `after`. */
export type SnapshotOf<Action extends AuditAction> = { readonly [Name in keyof (typeof AUDIT_ACTIONS)[Action]['fields']]?: SnapshotValue };

export type SnapshotValue = string | number | boolean | null | readonly string[];

/** `refused`: the rules said no. `failed`: it was allowed and did not come about. */
export const AUDIT_OUTCOMES = ['succeeded', 'refused', 'failed'] as const;
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];
