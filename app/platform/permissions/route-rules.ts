// Who may read from and write to every route: one line each. A route that is missing here is refused to everybody, and a test fails.
import type { Permission } from './permissions.ts';

/** `signed-in`: any account, for what concerns only oneself. `staff`: the people who run the installation, in a browser. */
export type Access = 'everyone' | 'signed-in' | 'staff' | Permission;

export type RouteRule = {
  /** What its loader asks for; `null`: it has none. */
  read: Access | null;
  /** What its action asks for. */
  write: Access | null;
  /** `none`: it changes nothing for anybody, and browsers or programs send it without a form of ours. */
  csrf?: 'none';
};

const computing = (permission: Permission): RouteRule => ({ read: 'everyone', write: permission });

/** By the name of the file in app/routes. */
export const ROUTE_RULES: Readonly<Record<string, RouteRule>> = {
  _index: { read: 'everyone', write: null },
  batch: { read: 'batch.use', write: null },
  batches: { read: 'batches.read', write: 'batches.write' },
  'batches_.compare': { read: 'batches.read', write: null },
  'batches_.$id': { read: 'batches.read', write: 'batches.write' },
  'batches_.$id_.rows[.]csv': { read: 'batches.read', write: null },
  scenarios: { read: 'scenarios.read', write: 'scenarios.write' },
  'scenarios_.$id_.explanation': { read: 'scenarios.read', write: null },
  // Whoever has the link may look.
  'shared.lists.$secret': { read: 'everyone', write: null },
  market: { read: 'everyone', write: null },
  'market_.derivatives': { read: 'everyone', write: null },
  'market_.forecast': { read: 'everyone', write: null },
  'market_.indicators': { read: 'everyone', write: 'signals.watch' },
  'market_.sources': { read: 'everyone', write: null },
  'market_.power': { read: 'power-prices.read', write: 'power-prices.write' },
  'market_.power_.curve': { read: 'power-prices.read', write: null },
  'shared.lists.$secret_.rows[.]csv': { read: 'everyone', write: null },
  sites: { read: 'telemetry.read', write: null },
  'sites_.new': { read: 'sites.write', write: 'sites.write' },
  'sites_.$id': { read: 'telemetry.read', write: null },
  'sites_.$id_.edit': { read: 'sites.write', write: 'sites.write' },
  // Entering machines and letting them in are two permissions; the use case asks for the one that the form needs.
  machines: { read: 'telemetry.read', write: 'sites.read' },
  'machines_.$number': { read: 'telemetry.read', write: 'sites.read' },
  'machines_.$number_.edit': { read: 'machines.write', write: 'machines.write' },
  'machines_.import': { read: 'machines.write', write: 'machines.write' },
  energy: { read: 'telemetry.read', write: null },
  'energy_.meter': { read: 'sites.write', write: 'sites.write' },
  'energy[.]csv': { read: 'telemetry.read', write: null },
  'curtailment.what-if': { read: 'plan.use', write: null },
  'months[.]csv': { read: 'calculator.use', write: null },
  developers: { read: 'everyone', write: null },
  $: { read: 'everyone', write: 'everyone', csrf: 'none' },
  healthz: { read: 'everyone', write: null },
  readyz: { read: 'everyone', write: null },
  'csp-report': { read: null, write: 'everyone', csrf: 'none' },

  'api.v1.$': { read: 'everyone', write: 'everyone' },
  // Who shows the secret of a link may read without an account; the use cases ask for everything else.
  'api.v1.batches': { read: 'batches.read', write: 'batches.write' },
  'api.v1.batches_.$id': { read: 'everyone', write: 'batches.write' },
  'api.v1.batches_.$id_.rows': { read: 'everyone', write: 'everyone' },
  'api.v1.batches_.$id_.errors': { read: 'everyone', write: 'everyone' },
  'api.v1.batches_.$id_.events': { read: 'everyone', write: 'everyone' },
  'api.v1.sites': { read: 'sites.read', write: 'sites.write' },
  'api.v1.sites_.$id': { read: 'sites.read', write: 'sites.write' },
  'api.v1.sites_.$id_.places': { read: 'sites.read', write: 'sites.write' },
  'api.v1.sites_.$id_.places_.$placeId': { read: 'sites.read', write: 'sites.write' },
  'api.v1.clients': { read: 'sites.read', write: 'sites.write' },
  'api.v1.clients_.$id': { read: 'sites.read', write: 'sites.write' },
  // Entering machines and letting them in are two permissions; the use case asks for the one that the body needs.
  'api.v1.machines': { read: 'sites.read', write: 'machines.write' },
  'api.v1.machines_.$id': { read: 'sites.read', write: 'sites.read' },
  'api.v1.machines_.$id_.changes': { read: 'sites.read', write: 'sites.read' },
  'api.v1.machines_.bulk': { read: 'sites.read', write: 'sites.read' },
  'api.v1.machines_.imports': { read: 'machines.write', write: 'machines.write' },
  'api.v1.sites_.$id_.live': { read: 'telemetry.read', write: 'telemetry.read' },
  'api.v1.sites_.$id_.states': { read: 'telemetry.read', write: 'telemetry.read' },
  'api.v1.sites_.$id_.series': { read: 'telemetry.read', write: 'telemetry.read' },
  'api.v1.sites_.$id_.meter': { read: 'sites.read', write: 'sites.write' },
  'api.v1.sites_.$id_.meter_.files': { read: 'sites.write', write: 'sites.write' },
  'api.v1.sites_.$id_.demand': { read: 'telemetry.read', write: 'telemetry.read' },
  'api.v1.sites_.$id_.uptime': { read: 'telemetry.read', write: 'telemetry.read' },
  'api.v1.clients_.$id_.uptime': { read: 'telemetry.read', write: 'telemetry.read' },
  'api.v1.machines_.$id_.uptime': { read: 'telemetry.read', write: 'telemetry.read' },
  'api.v1.machines_.$id_.live': { read: 'telemetry.read', write: 'telemetry.read' },
  'api.v1.machines_.$id_.samples': { read: 'telemetry.read', write: 'telemetry.read' },
  'api.v1.machines_.$id_.history': { read: 'telemetry.read', write: 'telemetry.read' },
  'api.v1.alerts': { read: 'alerts.read', write: 'alerts.read' },
  'api.v1.alerts_.$id': { read: 'alerts.read', write: 'alerts.write' },
  'api.v1.alert-rules': { read: 'alerts.write', write: 'alerts.write' },
  'api.v1.alert-rules_.[test]': { read: 'alerts.write', write: 'alerts.write' },
  'api.v1.alert-channels': { read: 'settings.read', write: 'settings.write' },
  'api.v1.alert-channels_.$id': { read: 'settings.read', write: 'settings.write' },
  'api.v1.signal-watches': { read: 'signals.watch', write: 'signals.watch' },
  'api.v1.curtailment.plan': computing('plan.use'),
  'api.v1.curtailment.shed': computing('shed.use'),
  'api.v1.indicators': { read: 'everyone', write: 'everyone' },
  'api.v1.indicators_.$name': computing('api.use'),
  'api.v1.forecasts': computing('risk.use'),
  'api.v1.forecasts_.$series': { read: 'everyone', write: 'everyone' },
  'api.v1.power-prices': { read: 'power-prices.read', write: 'power-prices.write' },
  'api.v1.power-prices_.$id': { read: 'power-prices.read', write: 'power-prices.write' },
  'api.v1.power-prices_.$id_.files': { read: 'power-prices.write', write: 'power-prices.write' },
  'api.v1.market_.history': { read: 'everyone', write: 'everyone' },
  'api.v1.market': { read: 'everyone', write: 'everyone' },
  'api.v1.models': { read: 'everyone', write: 'everyone' },
  'api.v1.openapi[.]json': { read: 'everyone', write: 'everyone' },
  // A guest may have a report of a scenario; everything else the use case asks a permission for.
  'api.v1.reports': { read: 'everyone', write: 'everyone' },
  'api.v1.reports_.$id': { read: 'everyone', write: 'everyone' },
  'api.v1.reports_.$id_.file': { read: 'everyone', write: null },
  'api.v1.scenarios': { read: 'scenarios.read', write: 'scenarios.read' },
  'api.v1.scenarios_.$id_.explanation': { read: 'scenarios.read', write: 'scenarios.read' },
  'api.v1.risk': computing('risk.use'),
  'api.v1.roi': computing('calculator.use'),
  'api.v1.roi_.batch': computing('batch.use'),

  'sign-up': { read: 'everyone', write: 'everyone' },
  'sign-in': { read: 'everyone', write: 'everyone' },
  'sign-in_.code': { read: 'everyone', write: 'everyone' },
  'sign-in_.wallet': { read: 'everyone', write: 'everyone' },
  'sign-out': { read: 'everyone', write: 'everyone' },
  verify: { read: 'everyone', write: 'everyone' },
  reset: { read: 'everyone', write: 'everyone' },
  invitation: { read: 'everyone', write: 'signed-in' },
  profile: { read: 'signed-in', write: 'signed-in' },
  'profile_.data[.]json': { read: 'signed-in', write: null },
  security: { read: 'signed-in', write: 'signed-in' },
  'security_.wallet': { read: 'signed-in', write: 'signed-in' },
  tokens: { read: 'signed-in', write: 'tokens.write' },
  // Refused in production by the route itself.
  'dev.mail': { read: 'everyone', write: null },
  // Whoever shows a token is asked for nothing else; without one the route refuses.
  'api.v1.token': { read: 'everyone', write: 'everyone' },

  alerts: { read: 'alerts.read', write: null },
  'alerts_.$id': { read: 'alerts.read', write: 'alerts.write' },
  // Rules are whoever's who looks after alerts; its form posts the acts on channels, which are the workspace's.
  'alerts_.settings': { read: 'alerts.write', write: 'settings.write' },
  'alerts_.settings_.rules.$rule': { read: 'alerts.write', write: 'alerts.write' },
  'alerts_.settings_.channels.new': { read: 'settings.write', write: 'settings.write' },
  'alerts_.settings_.channels.$id': { read: 'settings.write', write: 'settings.write' },
  // The workspace's list; one report and the order of one are open to guests as well, and the use case looks closer.
  reports: { read: 'reports.read', write: 'reports.write' },
  'reports_.new': { read: 'calculator.use', write: 'calculator.use' },
  'reports_.$id': { read: 'everyone', write: null },
  'reports_.logo': { read: 'reports.read', write: null },

  roles: { read: 'everyone', write: null },
  'workspaces.enter': { read: 'staff', write: 'staff' },
  members: { read: 'users.read', write: 'users.write' },
  audit: { read: 'audit.read', write: null },
  'audit_.export': { read: 'audit.export', write: null },
};

/** Null: nobody said who may. `id` is Remix's: `root`, `routes/<name of the file>`. */
export function findRouteRule(id: string): RouteRule | null {
  if (id === 'root') return { read: 'everyone', write: null };
  const name = id.replace(/^routes\//, '');
  return Object.hasOwn(ROUTE_RULES, name) ? (ROUTE_RULES[name] ?? null) : null;
}
