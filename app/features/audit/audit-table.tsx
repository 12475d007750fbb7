// The events of one page of the log.
import { useTranslation } from 'react-i18next';
import type { SnapshotValue } from '#app/platform/audit/actions.ts';
import { useLocale } from '#app/platform/i18n/use-language.ts';
import { ROLES, type Role } from '#app/platform/permissions/actor.ts';
import { createFormat } from '#app/ui/format.ts';
import type { AuditChange, AuditRow } from './audit-row.ts';

type People = readonly { userId: string; name: string }[];

export function AuditTable({ rows, people }: { rows: readonly AuditRow[]; people: People }) {
  const { t } = useTranslation('audit');
  const format = createFormat(useLocale());
  return (
    <div className="tw">
      <table className="t cards">
        <caption className="vh">{t('table.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('table.action')}</th>
            <th scope="col">{t('table.at')}</th>
            <th scope="col">{t('table.who')}</th>
            <th scope="col">{t('table.outcome')}</th>
            <th scope="col">{t('table.changes')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.seq} id={`e${row.seq}`}>
              <th scope="row">{row.action === null ? <code>{row.actionName}</code> : t(`action.${row.action}`)}</th>
              <td data-l={t('table.at')}>
                <time dateTime={row.at} title={row.at}>
                  {format.dateTime(row.at)}
                </time>
              </td>
              <td data-l={t('table.who')}>
                <Who row={row} people={people} />
              </td>
              <td data-l={t('table.outcome')}>
                <span className={row.outcome === 'succeeded' ? 'tag' : 'tag bad'}>{t(`outcome.${row.outcome}`)}</span>
              </td>
              <td className="all">
                <Content row={row} people={people} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function findName(people: People, userId: string): string | null {
  return people.find((person) => person.userId === userId)?.name ?? null;
}

function Who({ row, people }: { row: AuditRow; people: People }) {
  const { t } = useTranslation(['audit', 'roles']);
  const role = row.role === null || row.role === 'guest' ? null : t(`roles:role.${row.role}`);
  if (row.userId === null) return <>{role ?? <span className="mute">{t('row.nobody')}</span>}</>;
  return (
    <>
      {findName(people, row.userId) ?? <span className="mute">{t('row.unknownPerson')}</span>}
      {role === null ? null : <small className="dim"> {role}</small>}
    </>
  );
}

function Content({ row, people }: { row: AuditRow; people: People }) {
  const { t } = useTranslation('audit');
  const { changes, target, address, requestId, hash } = row;
  const facts = [
    target === null ? null : `${sayTarget(target.kind, t)} ${findName(people, target.id) ?? target.id}`,
    address === null ? null : t('row.address', { address }),
    requestId === null ? null : t('row.request', { id: requestId }),
    hash === null ? null : t('row.hash', { hash }),
  ].filter((fact) => fact !== null);
  return (
    <>
      {changes.length === 0 ? null : (
        <ul>
          {changes.map((change) => (
            <li key={change.field}>
              <Change change={change} people={people} />
            </li>
          ))}
        </ul>
      )}
      {facts.length === 0 ? null : (
        <details className="data">
          <summary>{t('row.number', { seq: row.seq })}</summary>
          <ul className="small mute hash">
            {facts.map((fact) => (
              <li key={fact}>{fact}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

type AuditTexts = ReturnType<typeof useTranslation<'audit'>>['t'];

const TARGET_KINDS = [
  'account',
  'session',
  'token',
  'member',
  'invitation',
  'workspace',
  'wallet',
  'setting',
  'export',
  'permission',
  'batch',
] as const;

function sayTarget(kind: string, t: AuditTexts): string {
  const known = TARGET_KINDS.find((one) => one === kind);
  return known === undefined ? kind : t(`target.${known}`);
}

function Change({ change, people }: { change: AuditChange; people: People }) {
  const { t, i18n } = useTranslation(['audit', 'roles']);
  const format = createFormat(useLocale());
  const say = (value: SnapshotValue | undefined): string => {
    if (value === null || value === undefined || value === '') return t('row.empty');
    if (value === true) return t('row.yes');
    if (value === false) return t('row.no');
    if (typeof value === 'object') return value.join(', ');
    const text = String(value);
    if (change.field === 'role' && isRole(text)) return t(`roles:role.${text}`);
    if (INSTANT_FIELDS.has(change.field)) return format.dateTime(text);
    if (CODED_FIELDS.has(change.field) && i18n.exists(`value.${text}`, { ns: 'audit' }))
      return i18n.t(`value.${text}` as 'value.role', { ns: 'audit' });
    return findName(people, text) ?? text;
  };
  const key = `field.${change.field}`;
  const field = i18n.exists(key, { ns: 'audit' }) ? i18n.t(key as 'field.name', { ns: 'audit' }) : change.field;
  if (change.before === undefined) return <>{t('row.set', { field, after: say(change.after) })}</>;
  if (change.after === undefined) return <>{t('row.gone', { field, before: say(change.before) })}</>;
  return <>{t('row.change', { field, before: say(change.before), after: say(change.after) })}</>;
}

/** Recorded as one of a few codes, which have words; what has none is shown as it was recorded. */
const CODED_FIELDS = new Set(['because', 'method', 'kind']);
const INSTANT_FIELDS = new Set(['expiresAt', 'untilAt']);

function isRole(text: string): text is Role {
  return (ROLES as readonly string[]).includes(text);
}
