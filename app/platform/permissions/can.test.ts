import { describe, expect, it } from 'vitest';
import { type Actor, GUEST, ROLES } from './actor.ts';
import { can, decide, type Grant } from './can.ts';
import { findReach, PERMISSION_NAMES } from './permissions.ts';
import { PermissionError, requirePermission, requireSignedIn } from './require-permission.ts';

const TENANT = '00000000-0000-4000-8000-00000000000a';
const OTHER_TENANT = '00000000-0000-4000-8000-00000000000b';

function anActor(differences: Partial<Actor> = {}): Actor {
  return { ...GUEST, userId: 'u1', tenantId: TENANT, role: 'operator', sessionId: 's1', ...differences };
}

describe('the table of permissions', () => {
  it('gives guests computing and nothing else', () => {
    const held = PERMISSION_NAMES.filter((permission) => can(GUEST, permission));
    expect(held).toEqual(['calculator.use', 'batch.use', 'shed.use', 'plan.use', 'risk.use', 'api.use']);
  });

  it('never lets a lesser role of the workspace do what an admin may not, and the owner may do everything', () => {
    for (const permission of PERMISSION_NAMES) {
      expect(findReach('owner', permission), permission).toBe('workspace');
      if (permission === 'users.transfer') continue;
      for (const role of ROLES) if (findReach(role, permission)) expect(findReach('admin', permission), permission).toBe('workspace');
    }
  });

  it('keeps money, people and settings from whoever runs machines, and machines from whoever keeps the books', () => {
    for (const permission of ['treasury.read', 'invoices.write', 'users.write', 'settings.write', 'audit.export'] as const) {
      expect(can(anActor({ role: 'operator' }), permission), permission).toBe(false);
    }
    for (const permission of ['curtailment.execute', 'commands.propose', 'sites.write'] as const) {
      expect(can(anActor({ role: 'accountant' }), permission), permission).toBe(false);
    }
  });

  it('does not let whoever proposes a command approve it by role alone', () => {
    expect(can(anActor({ role: 'operator' }), 'commands.propose')).toBe(true);
    expect(can(anActor({ role: 'operator' }), 'commands.approve')).toBe(false);
  });

  it('shows clients and customers nothing of the host', () => {
    for (const role of ['client', 'customer'] as const) {
      for (const permission of ['crm.read', 'treasury.read', 'users.read', 'settings.read', 'curtailment.plan'] as const) {
        expect(can(anActor({ role }), permission), `${role} ${permission}`).toBe(false);
      }
      for (const permission of PERMISSION_NAMES.filter((name) => findReach(role, name) === 'workspace')) {
        expect(permission, `${role} reaches a whole workspace`).toMatch(/\.use$|^tokens\.write$|^signals\.watch$/);
      }
    }
  });
});

describe('a permission of the one member of a workspace', () => {
  const KEPT = [
    'batches.read',
    'batches.write',
    'power-prices.read',
    'power-prices.write',
    'reports.write',
    'scenarios.read',
    'scenarios.write',
  ] as const;

  it('lets a customer keep lists and reports in the workspace of their own alone', () => {
    for (const permission of KEPT) {
      expect(decide(anActor({ role: 'customer', isAlone: true }), permission)).toEqual({ kind: 'allowed', reach: 'workspace' });
      expect(decide(anActor({ role: 'customer' }), permission)).toEqual({ kind: 'refused', because: 'role' });
      expect(decide(anActor({ role: 'customer', isAlone: true, tenantId: null }), permission)).toEqual({
        kind: 'refused',
        because: 'workspace',
      });
      expect(decide(anActor({ role: 'customer', isAlone: true, scopes: ['calculator.use'] }), permission)).toMatchObject({
        because: 'token',
      });
    }
  });

  it('gives nothing to other roles, and a customer nothing beside them', () => {
    for (const role of ROLES) {
      for (const permission of PERMISSION_NAMES) {
        if (role === 'customer' && (KEPT as readonly string[]).includes(permission)) continue;
        expect(decide(anActor({ role, isAlone: true }), permission), `${role} ${permission}`).toEqual(
          decide(anActor({ role }), permission),
        );
      }
    }
  });
});

describe('decide', () => {
  it('asks guests to sign in where an account could help', () => {
    expect(decide(GUEST, 'sites.read')).toEqual({ kind: 'refused', because: 'sign-in' });
  });

  it('refuses a role that claims to be signed in without a person', () => {
    expect(decide({ ...GUEST, role: 'owner', tenantId: TENANT }, 'users.write')).toEqual({ kind: 'refused', because: 'sign-in' });
  });

  it('lets a token do what both its scopes and its person allow', () => {
    const token = anActor({ sessionId: null, tokenId: 't1', scopes: ['sites.read', 'users.write'] });
    expect(can(token, 'sites.read')).toBe(true);
    expect(decide(token, 'users.write')).toEqual({ kind: 'refused', because: 'role' });
    expect(decide(token, 'telemetry.read')).toEqual({ kind: 'refused', because: 'token' });
    expect(decide(token, 'calculator.use')).toEqual({ kind: 'refused', because: 'token' });
  });

  it('refuses the row of another workspace, and work without a workspace', () => {
    expect(decide(anActor(), 'sites.read', { tenantId: OTHER_TENANT })).toEqual({ kind: 'refused', because: 'workspace' });
    expect(decide(anActor({ tenantId: null }), 'sites.read')).toEqual({ kind: 'refused', because: 'workspace' });
    expect(decide(anActor(), 'sites.read', { tenantId: TENANT })).toEqual({ kind: 'allowed', reach: 'workspace' });
  });

  it('opens to a client what was granted and nothing beside it', () => {
    const grants: Grant[] = [{ kind: 'client', id: 'c1' }];
    const client = anActor({ role: 'client' });
    expect(decide(client, 'telemetry.read', {}, grants)).toEqual({ kind: 'allowed', reach: 'own' });
    expect(can(client, 'telemetry.read', { clientId: 'c1' }, grants)).toBe(true);
    expect(can(client, 'telemetry.read', { siteId: 's9', clientId: 'c1' }, grants)).toBe(true);
    expect(can(client, 'telemetry.read', { clientId: 'c2' }, grants)).toBe(false);
    expect(can(client, 'telemetry.read', { siteId: 's9' }, grants)).toBe(false);
    expect(can(client, 'telemetry.read', { clientId: 'c1' })).toBe(false);
  });

  it('narrows an operator to the granted sites once there are any', () => {
    const grants: Grant[] = [{ kind: 'site', id: 's1' }];
    expect(can(anActor(), 'sites.read', { siteId: 's2' })).toBe(true);
    expect(can(anActor(), 'sites.read', { siteId: 's1' }, grants)).toBe(true);
    expect(can(anActor(), 'sites.read', { siteId: 's2' }, grants)).toBe(false);
    expect(decide(anActor(), 'sites.read', {}, grants)).toEqual({ kind: 'allowed', reach: 'own' });
  });

  it('asks for both when a person holds grants of both kinds', () => {
    const grants: Grant[] = [
      { kind: 'site', id: 's1' },
      { kind: 'client', id: 'c1' },
    ];
    expect(can(anActor(), 'telemetry.read', { siteId: 's1', clientId: 'c1' }, grants)).toBe(true);
    expect(can(anActor(), 'telemetry.read', { siteId: 's1', clientId: 'c2' }, grants)).toBe(false);
    expect(can(anActor(), 'telemetry.read', { siteId: 's2', clientId: 'c1' }, grants)).toBe(false);
  });
});

describe('requirePermission', () => {
  it('throws what becomes 401 for a guest and 403 for a person', () => {
    const refusalOf = (actor: Actor) => {
      try {
        return requirePermission(actor, 'treasury.read');
      } catch (error) {
        return error;
      }
    };
    expect(refusalOf(GUEST)).toMatchObject({ status: 401, because: 'sign-in' });
    expect(refusalOf(anActor())).toMatchObject({ status: 403, because: 'role', permission: 'treasury.read' });
    expect(refusalOf(anActor({ role: 'accountant' }))).toBe('workspace');
    expect(() => requireSignedIn(GUEST)).toThrow(PermissionError);
  });
});
