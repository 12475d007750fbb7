// What a workspace and its sites set the rules to: read with everything merged, changed one rule at a time.
import { type ChangeOutcome, done, NOT_FOUND } from '#app/features/sites/refused-change.ts';
import {
  type Caller,
  requireOn,
  requireWhole,
  type Scoped,
  type SitesDeps,
  whereSites,
  withScope,
} from '#app/features/sites/scope.server.ts';
import { recordAudit } from '#app/platform/audit/record-audit.server.ts';
import { mergeSettings, type RuleChange } from '../rules/rule-settings.ts';
import { findRule, RULE_IDS, type RuleId, type Severity } from '../rules/rule-table.ts';

export type RuleView = {
  rule: RuleId;
  isEnabled: boolean;
  severity: Severity;
  numbers: Readonly<Record<string, number>>;
  poolHosts: readonly string[];
  isInHistory: boolean;
  /** What the workspace changed, and what the site did on top; null: nothing. */
  ofWorkspace: RuleChange | null;
  ofSite: RuleChange | null;
};

/** Every rule as it works on that site, or in the workspace. Null: no such site within reach. */
export function listRules(deps: SitesDeps, caller: Caller, siteId: string | null): Promise<RuleView[] | null> {
  return withScope(deps, caller, 'alerts.write', async (scoped) => {
    if (siteId !== null && !(await isSite(scoped, siteId))) return null;
    return readRules(scoped, siteId);
  });
}

const isSite = async (scoped: Scoped, id: string): Promise<boolean> =>
  (await scoped.tx.site.count({ where: { AND: [whereSites(scoped), { id }] } })) > 0;

async function readRules({ tx }: Scoped, siteId: string | null): Promise<RuleView[]> {
  const rows = await tx.alertRule.findMany({ where: { OR: [{ siteId: null }, ...(siteId === null ? [] : [{ siteId }])] } });
  const changeOf = (rule: RuleId, ofSite: boolean) =>
    (rows.find((row) => row.rule === rule && (row.siteId !== null) === ofSite)?.change as RuleChange | undefined) ?? null;
  return RULE_IDS.map((rule) => {
    const [ofWorkspace, ofSite] = [changeOf(rule, false), changeOf(rule, true)];
    const { isEnabled, severity, numbers, poolHosts } = mergeSettings(rule, ofWorkspace ?? undefined, ofSite ?? undefined);
    return { rule, isEnabled, severity, numbers, poolHosts, isInHistory: findRule(rule).isInHistory, ofWorkspace, ofSite };
  });
}

/** Replaces what the workspace (`siteId` null) or the site set the rule to; an empty change is back to what stands below. */
export function setRule(
  deps: SitesDeps,
  caller: Caller,
  { rule, siteId, change }: { rule: RuleId; siteId: string | null; change: RuleChange },
): Promise<ChangeOutcome<RuleView>> {
  return withScope(deps, caller, 'alerts.write', async (scoped) => {
    if (siteId === null) requireWhole(scoped, 'alerts.write');
    else if (!(await isSite(scoped, siteId))) return NOT_FOUND;
    else requireOn(scoped, 'alerts.write', { siteId });
    const { tx, tenantId } = scoped;
    await tx.$executeRaw`
      INSERT INTO alert_rules (tenant_id, site_id, rule, change) VALUES (${tenantId}::uuid, ${siteId}::uuid, ${rule}, ${JSON.stringify(change)}::jsonb)
      ON CONFLICT (tenant_id, site_id, rule) DO UPDATE SET change = excluded.change, updated_at = now()`;
    await recordAudit(tx, tenantId, {
      action: 'alert.change-rule',
      actor: caller.actor,
      origin: caller.origin,
      target: { kind: 'setting', id: rule },
      after: {
        rule,
        isEnabled: change.isEnabled ?? null,
        severity: change.severity ?? null,
        numbers: JSON.stringify(change.numbers ?? {}),
      },
      ...(siteId === null ? {} : { siteId }),
    });
    const view = (await readRules(scoped, siteId)).find((one) => one.rule === rule);
    if (view === undefined) throw new Error(`rule ${rule} was not read back`);
    return done(view);
  });
}
