// The form of one rule: what is set here and what holds without it, saving, and holding what is typed to the stored samples first.
import { redirect } from '@remix-run/node';
import { z } from 'zod';
import { mergeSettings, type RuleChange, stackChanges, toChangeSchema } from '#app/features/alerts/rules/rule-settings.ts';
import { isRuleId, type RuleId } from '#app/features/alerts/rules/rule-table.ts';
import { listRules, type RuleView, setRule } from '#app/features/alerts/settings/rule-store.server.ts';
import { fromShown, listThresholds, listTimings, type ShownNumber, toShown } from '#app/features/alerts/settings/shown-numbers.ts';
import { TEST_HOURS_DEFAULT, TEST_RANGES } from '#app/features/alerts/settings/test-ranges.ts';
import { testRule } from '#app/features/alerts/settings/test-rule.server.ts';
import type { Fault } from '#app/features/api/wire/fault.ts';
import { getSitesDeps } from '#app/features/sites/scope.server.ts';
import { PATHS } from '#app/paths.ts';
import { toNumberSchema } from '#app/platform/number-schema.ts';
import { toTypedText } from '#app/ui/typed-number.ts';
import { parseForm, readNumbers, readText, sayFaults, toFaults } from '../form-values.server.ts';
import { SAVED_PARAM } from './alert-settings.server.ts';
import type { RuleActResult, RulePageView } from './alert-settings-view.ts';
import { type PageArgs, readSettingsScope, type ScopedPage, SITE_PARAM } from './settings-scope.server.ts';

/** Names of the fields: they are the paths that a refusal names. */
const toName = (name: string) => `numbers.${name}`;
const listNumbers = (rule: RuleId): ShownNumber[] => [...listThresholds(rule), ...listTimings()];

type Found = ScopedPage & { rule: RuleId; view: RuleView };

async function findRulePage(args: PageArgs, name: string): Promise<Found> {
  const page = await readSettingsScope(args);
  if (!isRuleId(name)) throw new Response(null, { status: 404 });
  const rules = await listRules(getSitesDeps(), page.caller, page.scope.site?.id ?? null);
  const view = rules?.find(({ rule }) => rule === name);
  if (view === undefined) throw new Response(null, { status: 404 });
  return { ...page, rule: name, view };
}

/** Throws a Response with 404 where there is no such rule or site. */
export async function readRulePage(args: PageArgs, name = ''): Promise<RulePageView> {
  const { scope, rule, view } = await findRulePage(args, name);
  const own = scope.site === null ? view.ofWorkspace : view.ofSite;
  const { isEnabled, severity, numbers, poolHosts } = mergeSettings(rule, (scope.site === null ? null : view.ofWorkspace) ?? undefined);
  const below = { isEnabled, severity, numbers, poolHosts };
  return { ...scope, rule, isInHistory: view.isInHistory, own, below, values: toValues(rule, own) };
}

function toValues(rule: RuleId, own: RuleChange | null): Record<string, string> {
  const numbers = listNumbers(rule).map((number) => {
    const value = own?.numbers?.[number.name];
    return [toName(number.name), value === undefined ? '' : toTypedText(toShown(number, value))];
  });
  return {
    isEnabled: own?.isEnabled === undefined ? '' : own.isEnabled ? 'on' : 'off',
    severity: own?.severity ?? '',
    poolHosts: own?.poolHosts?.join(', ') ?? '',
    hours: String(TEST_HOURS_DEFAULT),
    ...Object.fromEntries(numbers),
  };
}

/** What the form says, in the words of the schema: an empty field says nothing. */
function readChange(form: FormData, rule: RuleId): Record<string, unknown> {
  const numbers: Record<string, unknown> = {};
  for (const number of listNumbers(rule)) {
    const name = toName(number.name);
    const typed = readNumbers(form, [name])[name];
    if (typed !== null && typed !== undefined) numbers[number.name] = typeof typed === 'number' ? fromShown(number, typed) : typed;
  }
  const hosts = (readText(form, 'poolHosts') ?? '').split(/[,，\s]+/).filter((host) => host !== '');
  const severity = readText(form, 'severity');
  const isEnabled = readText(form, 'isEnabled');
  return {
    ...(isEnabled === 'on' || isEnabled === 'off' ? { isEnabled: isEnabled === 'on' } : {}),
    ...(severity === null || severity === '' ? {} : { severity }),
    ...(Object.keys(numbers).length === 0 ? {} : { numbers }),
    ...(hosts.length === 0 ? {} : { poolHosts: hosts }),
  };
}

/** Ranges in the unit in which the number was typed. */
function toShownFault(fault: Fault, numbers: readonly ShownNumber[]): Fault {
  const number = numbers.find(({ name }) => fault.field === toName(name));
  if (number === undefined || fault.min === null || fault.max === null) return fault;
  const isSymbol = number.unit === '%' || number.unit === 'min' || number.unit === 'h' || number.unit === 's' || number.unit === '°C';
  return { ...fault, min: toShown(number, fault.min), max: toShown(number, fault.max), unit: isSymbol ? number.unit : null };
}

/** Goes back to the list of rules when it saved. Throws a Response with 404 where there is no such rule or site. */
export async function actOnRule(args: PageArgs, name = ''): Promise<RuleActResult> {
  const form = await args.request.formData();
  const found = await findRulePage(args, name);
  const { scope, rule, caller } = found;
  const values = Object.fromEntries(
    [...Object.keys(toValues(rule, null)), 'testSiteId'].map((field) => [field, readText(form, field) ?? '']),
  );
  const faulty = async (faults: readonly Fault[]): Promise<RuleActResult> => ({
    kind: 'faulty',
    faults: await sayFaults(args.request, faults),
    values,
  });
  const numbers = listNumbers(rule);
  const ranges = Object.fromEntries(numbers.map((number) => [number.name, number.range]));
  const parsed = parseForm(toChangeSchema(rule), readChange(form, rule), ranges);
  if (parsed.kind === 'faulty') return faulty(parsed.faults.map((fault) => toShownFault(fault, numbers)));
  const change = parsed.value as RuleChange;
  if (readText(form, 'intent') === 'test') return test(found, change, form, { values, faulty });
  const siteId = scope.site?.id ?? null;
  const outcome = await setRule(getSitesDeps(), caller, { rule, siteId, change });
  if (outcome.kind === 'not-found') throw new Response(null, { status: 404 });
  if (outcome.kind === 'refused') return faulty(toFaults(outcome.faults));
  throw redirect(
    `${PATHS.alertSettings}?${new URLSearchParams({ ...(siteId === null ? {} : { [SITE_PARAM]: siteId }), [SAVED_PARAM]: rule })}`,
    303,
  );
}

const TestFormSchema = z.object({ hours: toNumberSchema(TEST_RANGES.hours) });

type Answering = { values: Record<string, string>; faulty: (faults: readonly Fault[]) => Promise<RuleActResult> };

async function test(
  { scope, rule, caller, view }: Found,
  change: RuleChange,
  form: FormData,
  { values, faulty }: Answering,
): Promise<RuleActResult> {
  const parsed = parseForm(TestFormSchema, readNumbers(form, ['hours']), TEST_RANGES);
  if (parsed.kind === 'faulty') return faulty(parsed.faults);
  const site = scope.site ?? scope.sites.find(({ id }) => id === values.testSiteId);
  if (site === undefined) throw new Response(null, { status: 404 });
  // A site's own settings come on top of the workspace's, in the test as in life.
  const tested = scope.site === null ? change : stackChanges(view.ofWorkspace, change);
  const outcome = await testRule(getSitesDeps(), caller, { rule, siteId: site.id, hours: parsed.value.hours, change: tested });
  if (outcome.kind === 'not-found') throw new Response(null, { status: 404 });
  if (outcome.kind === 'refused') return faulty(toFaults(outcome.faults));
  return { kind: 'tested', answer: outcome.value, siteName: site.name, values };
}
