// The table of permissions as the page shows it: grouped by area, in the order of the table. Pure.
import { ROLES, type Role } from '#app/platform/permissions/actor.ts';
import { findReach, type HeldReach, PERMISSION_NAMES, type Permission } from '#app/platform/permissions/permissions.ts';

export type PermissionRow = { permission: Permission; reaches: readonly { role: Role; reach: HeldReach | null }[] };
export type AreaRows = { area: AreaOf<Permission>; rows: PermissionRow[] };
type AreaOf<Name extends string> = Name extends `${infer Area}.${string}` ? Area : never;

function toArea(permission: Permission): AreaOf<Permission> {
  return permission.slice(0, permission.indexOf('.')) as AreaOf<Permission>;
}

export function listAreas(): AreaRows[] {
  const areas: AreaRows[] = [];
  for (const permission of PERMISSION_NAMES) {
    const area = toArea(permission);
    const row = { permission, reaches: ROLES.map((role) => ({ role, reach: findReach(role, permission) })) };
    const last = areas.at(-1);
    if (last?.area === area) last.rows.push(row);
    else areas.push({ area, rows: [row] });
  }
  return areas;
}

export type RolePermissions = { role: Role } & Record<HeldReach, Permission[]>;

/** The same table, role by role. */
export function listRoles(): RolePermissions[] {
  const holding = (role: Role, reach: HeldReach) => PERMISSION_NAMES.filter((permission) => findReach(role, permission) === reach);
  return ROLES.map((role) => ({ role, workspace: holding(role, 'workspace'), own: holding(role, 'own'), alone: holding(role, 'alone') }));
}
