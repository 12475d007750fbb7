// One alert: what was seen, which machines, what happened, and the forms to act on it. Works without script.
import type { ReactNode } from 'react';
import { FleetNav } from '#app/features/sites/fleet-nav.tsx';
import { PATHS, toMachinePath } from '#app/paths.ts';
import { CsrfField } from '#app/ui/csrf-field.tsx';
import { SentenceGap } from '#app/ui/sentence-gap.tsx';
import { type AlertEventView, MAX_COMMENT_LENGTH } from '../read/alert-view.ts';
import type { ActResult, OneAlertView } from './alert-page-views.ts';
import { SeverityTag, StateWords, useAlertWords, useSubject } from './alert-words.tsx';
import { Choice } from './alerts-page.tsx';
import { sayEvidence } from './say-evidence.ts';

const SNOOZES = ['60', '240', '1440', '10080'] as const;

export function OneAlertPage({ view, result }: { view: OneAlertView; result: ActResult | null }) {
  const { t, format } = useAlertWords();
  const subjectOf = useSubject();
  const { alert } = view;
  const evidence = sayEvidence(t, format, alert.rule, alert.evidence);
  return (
    <main className="page alerts">
      <FleetNav />
      <header className="alerts-head">
        <p className="small">
          <a href={PATHS.alerts}>{t('page.back')}</a>
        </p>
        <h1>{t('page.oneTitle', { rule: t(`rule.${alert.rule}.name`), subject: subjectOf(alert) })}</h1>
        <p className="measure mute">
          <SeverityTag severity={alert.severity} /> {t(`rule.${alert.rule}.what`)}
          <SentenceGap />
          {evidence}
        </p>
        <p className="small dim">
          {alert.site.name} · {format.dateTimeIn(alert.site.timeZone)(alert.openedAt)} · <StateWords alert={alert} />
          {alert.resolution === null ? null : ` · ${t(`resolution.${alert.resolution}`)}`}
        </p>
      </header>
      {result === null ? null : <Result result={result} />}
      {view.mayWrite ? <Acts view={view} /> : null}
      <Members view={view} />
      <section aria-labelledby="history">
        <h2 id="history">{t('one.history')}</h2>
        <ol className="alerts-history">
          {view.events.map((event) => (
            <HistoryLine key={event.id} event={event} timeZone={alert.site.timeZone} />
          ))}
        </ol>
      </section>
    </main>
  );
}

function Result({ result }: { result: ActResult }) {
  const { t } = useAlertWords();
  if (result.kind === 'done') {
    return (
      <div className="note" role="note">
        <p>{t('act.done')}</p>
      </div>
    );
  }
  return (
    <div className="note bad" role="alert">
      <p>{t('act.bad', { reason: t(`act.${result.reason}`, { max: MAX_COMMENT_LENGTH }) })}</p>
    </div>
  );
}

function Form({ children }: { children: ReactNode }) {
  return (
    <form method="post">
      <CsrfField />
      {children}
    </form>
  );
}

function Button({ intent, label, isMain = false }: { intent: string; label: string; isMain?: boolean }) {
  return (
    <button type="submit" name="intent" value={intent} className={isMain ? 'btn main' : 'btn'}>
      {label}
    </button>
  );
}

function Acts({ view: { alert, people } }: { view: OneAlertView }) {
  const { t } = useAlertWords();
  const isAcknowledged = alert.acknowledgedAt !== null;
  return (
    <section aria-labelledby="act">
      <h2 id="act">{t('one.act')}</h2>
      <div className="alerts-acts">
        <Form>
          <Button
            intent={isAcknowledged ? 'unacknowledge' : 'acknowledge'}
            label={t(isAcknowledged ? 'act.unacknowledge' : 'act.acknowledge')}
            isMain={!isAcknowledged}
          />
        </Form>
        {alert.resolvedAt !== null ? null : alert.snoozedUntil === null ? (
          <Form>
            <Choice name="minutes" label={t('act.snoozeFor')} value="60">
              {SNOOZES.map((minutes) => (
                <option key={minutes} value={minutes}>
                  {t(`act.minutes.${minutes}`)}
                </option>
              ))}
            </Choice>
            <Button intent="snooze" label={t('act.snooze')} />
          </Form>
        ) : (
          <Form>
            <Button intent="wake" label={t('act.wake')} />
          </Form>
        )}
        <Form>
          <Choice name="assignee" label={t('act.assignee')} value={alert.assignee?.id ?? ''}>
            <option value="">{t('act.nobody')}</option>
            {people.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </Choice>
          <Button intent="assign" label={t('act.assign')} />
        </Form>
        <Form>
          <label className="field one">
            <span className="lab">{t('act.commentLabel', { max: MAX_COMMENT_LENGTH })}</span>
            <span className="box">
              <input name="comment" maxLength={MAX_COMMENT_LENGTH} required />
            </span>
          </label>
          <Button intent="comment" label={t('act.comment')} />
        </Form>
      </div>
    </section>
  );
}

function Members({ view: { alert, members } }: { view: OneAlertView }) {
  const { t, format } = useAlertWords();
  const sayTime = format.dateTimeIn(alert.site.timeZone);
  return (
    <section aria-labelledby="members">
      <h2 id="members">{t('one.members')}</h2>
      <div className="tw">
        <table className="t cards">
          <caption className="vh">{t('one.members')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('one.machine')}</th>
              <th scope="col">{t('one.since')}</th>
              <th scope="col">{t('one.until')}</th>
              <th scope="col">{t('one.seen')}</th>
            </tr>
          </thead>
          <tbody>
            {members.map((member) => (
              <tr key={member.id}>
                <th scope="row">
                  <a href={toMachinePath(member.number)}>{member.serial ?? `#${member.number}`}</a>
                </th>
                <td data-l={t('one.since')}>{sayTime(member.sinceAt)}</td>
                <td data-l={t('one.until')}>{member.leftAt === null ? t('one.still') : sayTime(member.leftAt)}</td>
                <td data-l={t('one.seen')}>{sayEvidence(t, format, alert.rule, member.evidence) ?? '—'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {members.length < alert.machinesEver ? (
        <p className="small dim">
          {t('one.moreMembers', { shown: format.integer(members.length), all: format.integer(alert.machinesEver) })}
        </p>
      ) : null}
    </section>
  );
}

function HistoryLine({ event, timeZone }: { event: AlertEventView; timeZone: string }) {
  const { t, format } = useAlertWords();
  const sayTime = format.dateTimeIn(timeZone);
  const text = (name: string): string | null => {
    const value = event.detail[name];
    return typeof value === 'string' ? value : null;
  };
  return (
    <li>
      <span className="dim small">{sayTime(event.at)}</span>
      <span>
        {event.user === null ? t('event.system') : event.user.name}: {sayEvent()}
      </span>
      {text('text') === null ? null : <p className="alerts-comment">{text('text')}</p>}
    </li>
  );

  function sayEvent(): string {
    switch (event.kind) {
      case 'raised':
        return text('to') === null ? t('event.raisedPlain') : t('event.raised', { to: text('to') });
      case 'acknowledged':
        return t(event.detail.isAcknowledged === false ? 'event.unacknowledged' : 'event.acknowledged');
      case 'snoozed':
        return t('event.snoozed', { until: sayTime(text('until')) });
      case 'assigned':
        return text('name') === null ? t('event.unassigned') : t('event.assigned', { name: text('name') });
      case 'opened':
      case 'reopened':
      case 'grown':
      case 'resolved':
      case 'woken':
      case 'commented':
        return t(`event.${event.kind}`);
      default:
        return event.kind;
    }
  }
}
