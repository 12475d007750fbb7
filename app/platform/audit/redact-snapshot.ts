// Takes from a "before" or "after" what the table of actions allows, and nothing else.
import { HIDDEN, maskText } from '../redaction.ts';
import { AUDIT_ACTIONS, type AuditAction, type FieldRule, type SnapshotOf, type SnapshotValue } from './actions.ts';

/** Longest text of one field; what people type (a reason, a name) is bounded where it is read, this is the last wall. */
const MAX_TEXT_CHARACTERS = 500;
const MAX_LIST_ENTRIES = 100;

export function redactSnapshot<Action extends AuditAction>(
  action: Action,
  snapshot: SnapshotOf<Action> | undefined,
): Record<string, SnapshotValue> | null {
  if (snapshot === undefined) return null;
  const rules: Readonly<Record<string, FieldRule>> = AUDIT_ACTIONS[action].fields;
  const given = Object.entries(snapshot) as [string, SnapshotValue | undefined][];
  return Object.fromEntries(
    given.flatMap(([name, value]): [string, SnapshotValue][] => {
      const rule = rules[name];
      return rule === undefined || value === undefined ? [] : [[name, redact(rule, value)]];
    }),
  );
}

function redact(rule: FieldRule, value: SnapshotValue): SnapshotValue {
  if (value === null) return null;
  if (rule === 'hidden') return HIDDEN;
  if (rule === 'masked') return maskText(String(value));
  if (typeof value === 'string') return cut(value);
  return typeof value === 'object' ? value.slice(0, MAX_LIST_ENTRIES).map(cut) : value;
}

function cut(text: string): string {
  return text.length > MAX_TEXT_CHARACTERS ? `${text.slice(0, MAX_TEXT_CHARACTERS)}…` : text;
}
