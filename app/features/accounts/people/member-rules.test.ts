import { describe, expect, it } from 'vitest';
import { ROLES } from '#app/platform/permissions/actor.ts';
import { findGivableRole, listGivableRoles, mayManage } from './member-rules.ts';

describe('listGivableRoles', () => {
  it('lets nobody give ownership, and only the owner make admins', () => {
    for (const role of ROLES) expect(findGivableRole(role, 'owner'), role).toBeNull();
    expect(ROLES.filter((role) => findGivableRole(role, 'admin') !== null)).toEqual(['owner']);
    expect(ROLES.filter((role) => listGivableRoles(role).length > 0)).toEqual(['owner', 'admin']);
    expect(findGivableRole('owner', 'guest')).toBeNull();
  });
});

describe('mayManage', () => {
  const owner = { userId: 'o', role: 'owner' } as const;
  const admin = { userId: 'a', role: 'admin' } as const;
  const operator = { userId: 'p', role: 'operator' } as const;

  it('protects the owner from everybody and everybody from those beside and below them', () => {
    expect([owner, admin, operator].map((actor) => mayManage(actor, { userId: 'x', role: 'owner' }))).toEqual([false, false, false]);
    expect([owner, admin, operator].map((actor) => mayManage(actor, { userId: 'x', role: 'admin' }))).toEqual([true, false, false]);
    expect([owner, admin, operator].map((actor) => mayManage(actor, { userId: 'x', role: 'client' }))).toEqual([true, true, false]);
  });

  it('lets nobody raise or suspend themselves', () => {
    expect(mayManage(admin, { userId: 'a', role: 'operator' })).toBe(false);
  });
});
