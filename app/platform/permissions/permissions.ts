// The one table of who may do what (decision 0071). Checks, the page /roles, the scopes of tokens and the tests are made from it.
import { ROLES, type Role } from './actor.ts';

/**
 * How far a permission reaches: `workspace`, everything in the workspace; `own`, only the sites and clients that were granted to the
 * person. A role that is not named may not do it at all.
 */
export type Reach = 'workspace' | 'own';
/** What the table says of a role. `alone`: the whole workspace where nobody else is a member of it, and nothing anywhere else. */
export type HeldReach = Reach | 'alone';
export type RoleReaches = Readonly<Partial<Record<Role, HeldReach>>>;

type Granted = { workspace?: readonly Role[]; own?: readonly Role[]; alone?: readonly Role[] };

function grant({ workspace = [], own = [], alone = [] }: Granted): RoleReaches {
  return Object.fromEntries([
    ...workspace.map((role): [Role, HeldReach] => [role, 'workspace']),
    ...own.map((role): [Role, HeldReach] => [role, 'own']),
    ...alone.map((role): [Role, HeldReach] => [role, 'alone']),
  ]);
}

const everyone = grant({ workspace: ROLES });
const managers: readonly Role[] = ['owner', 'admin'];
const staff: readonly Role[] = ['owner', 'admin', 'operator', 'accountant'];
const operations: readonly Role[] = ['owner', 'admin', 'operator'];
const office: readonly Role[] = ['owner', 'admin', 'accountant'];

export const PERMISSIONS = {
  // Computing on the caller's own figures: nothing of a workspace is read, so guests hold all of it.
  'calculator.use': everyone,
  'batch.use': everyone,
  'shed.use': everyone,
  'plan.use': everyone,
  'risk.use': everyone,
  'api.use': everyone,

  // Lists that are kept in the workspace; a guest's list stays in his browser. Whoever opened an account of their own keeps theirs; a company's customer has no business with the company's.
  'batches.read': grant({ workspace: [...staff, 'mining_site_owner'], alone: ['customer'] }),
  'batches.write': grant({ workspace: [...staff, 'mining_site_owner'], alone: ['customer'] }),

  // Scenarios of the calculator that are kept in the workspace; the same people as of lists.
  'scenarios.read': grant({ workspace: [...staff, 'mining_site_owner'], alone: ['customer'] }),
  'scenarios.write': grant({ workspace: [...staff, 'mining_site_owner'], alone: ['customer'] }),

  'sites.read': grant({ workspace: staff, own: ['mining_site_owner', 'client'] }),
  'sites.write': grant({ workspace: managers, own: ['mining_site_owner'] }),
  // Addresses of machines, prices paid and notes of the host: never a client's to see.
  'sites.host': grant({ workspace: staff, own: ['mining_site_owner'] }),
  'machines.write': grant({ workspace: operations, own: ['mining_site_owner'] }),
  // Whoever enters a machine does not let it in alone.
  'machines.approve': grant({ workspace: managers, own: ['mining_site_owner'] }),
  'telemetry.read': grant({ workspace: staff, own: ['mining_site_owner', 'client'] }),
  'alerts.read': grant({ workspace: operations, own: ['mining_site_owner', 'client'] }),
  'alerts.write': grant({ workspace: operations, own: ['mining_site_owner'] }),

  // Series of power prices: what power costs at a site is the house's own business, and a client has none there.
  'power-prices.read': grant({ workspace: [...staff, 'mining_site_owner'], alone: ['customer'] }),
  'power-prices.write': grant({ workspace: [...staff, 'mining_site_owner'], alone: ['customer'] }),

  'curtailment.read': grant({ workspace: staff, own: ['mining_site_owner', 'client'] }),
  'curtailment.plan': grant({ workspace: operations, own: ['mining_site_owner'] }),
  'curtailment.execute': grant({ workspace: operations, own: ['mining_site_owner'] }),
  'commands.propose': grant({ workspace: operations, own: ['mining_site_owner'] }),
  // Whoever proposes does not approve alone: operators propose, owners of the risk approve.
  'commands.approve': grant({ workspace: managers, own: ['mining_site_owner'] }),

  'crm.read': grant({ workspace: staff }),
  'crm.write': grant({ workspace: office }),
  'contracts.read': grant({ workspace: office, own: ['client', 'customer'] }),
  'contracts.write': grant({ workspace: office }),
  'invoices.read': grant({ workspace: office, own: ['client', 'customer'] }),
  'invoices.write': grant({ workspace: office }),
  'tickets.read': grant({ workspace: staff, own: ['mining_site_owner', 'client', 'customer'] }),
  'tickets.write': grant({ workspace: staff, own: ['mining_site_owner', 'client', 'customer'] }),
  'treasury.read': grant({ workspace: office }),
  'treasury.write': grant({ workspace: office }),
  'reports.read': grant({ workspace: staff, own: ['mining_site_owner', 'client', 'customer'] }),
  'reports.write': grant({ workspace: staff, own: ['mining_site_owner'], alone: ['customer'] }),

  'users.read': grant({ workspace: managers }),
  'users.write': grant({ workspace: managers }),
  'users.transfer': grant({ workspace: ['owner'] }),
  'tokens.write': grant({ workspace: ['owner', 'admin', 'mining_site_owner', 'operator', 'accountant', 'client', 'customer'] }),
  // One's own wishes to be told about the market: everybody with an account in a workspace.
  'signals.watch': grant({ workspace: ['owner', 'admin', 'mining_site_owner', 'operator', 'accountant', 'client', 'customer'] }),
  'audit.read': grant({ workspace: office, own: ['mining_site_owner', 'client'] }),
  'audit.export': grant({ workspace: managers }),
  'settings.read': grant({ workspace: managers }),
  'settings.write': grant({ workspace: managers }),
} as const satisfies Record<`${string}.${string}`, RoleReaches>;

/** `area.action`. */
export type Permission = keyof typeof PERMISSIONS;
export const PERMISSION_NAMES = Object.keys(PERMISSIONS) as Permission[];

/** What stands in the table: `null`, the role may not. */
export function findReach(role: Role, permission: Permission): HeldReach | null {
  const reaches: RoleReaches = PERMISSIONS[permission];
  return reaches[role] ?? null;
}

export function isPermission(name: string): name is Permission {
  return Object.hasOwn(PERMISSIONS, name);
}
