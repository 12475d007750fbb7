/** Keeps the list in the workspace: the file goes to the server with everything that was said about it here. A guest is told what that needs, and loses nothing by signing in. */
import { useRevalidator } from '@remix-run/react';
import { type FormEvent, useEffect, useMemo, useRef, useState } from 'react';
import { PATHS, toListPath, toSignInPath } from '#app/paths.ts';
import { SentenceGap } from '#app/ui/sentence-gap.tsx';
import { MAX_NAME_LENGTH } from '../stored/batch-request.ts';
import { type SaveParts, toSaveParts } from './save-request.ts';
import { type SendAnswer, sendList } from './send-list.ts';
import { type Batch, type OpenList, useTexts } from './use-batch.ts';

type Sending =
  | { kind: 'idle' }
  | { kind: 'sending'; ratio: number }
  /** `key`: what was sent, to tell whether the screen has moved on since. */
  | { kind: 'saved'; id: string; name: string; key: string }
  | Exclude<SendAnswer, { kind: 'saved' }>;

/** Asks again who is looking whenever the reader comes back to the page: he may have signed in beside it. */
function useRecheck(isWanted: boolean): () => void {
  const { revalidate } = useRevalidator();
  useEffect(() => {
    if (!isWanted) return;
    const check = () => {
      if (document.visibilityState === 'visible') revalidate();
    };
    document.addEventListener('visibilitychange', check);
    window.addEventListener('focus', check);
    return () => {
      document.removeEventListener('visibilitychange', check);
      window.removeEventListener('focus', check);
    };
  }, [isWanted, revalidate]);
  return revalidate;
}

function SignInLink({ label }: { label: string }) {
  // A window of its own: this one holds the list.
  return (
    <a href={toSignInPath(PATHS.batch)} target="_blank" rel="noopener">
      {label}
    </a>
  );
}

export function SavePart({ batch, list }: { batch: Batch; list: OpenList }) {
  const t = useTexts();
  const { saving } = batch.page;
  const isGuest = saving.kind === 'guest';
  const [isEnded, setIsEnded] = useState(false);
  const recheck = useRecheck(isGuest || isEnded);
  if (saving.kind === 'refused') return null;
  if (isGuest) {
    return (
      <p className="small mute batch-save-guest">
        {t(isEnded ? 'page.save.sessionEnded' : 'page.save.guest')}
        <SentenceGap />
        <SignInLink label={t('page.save.signIn')} />
      </p>
    );
  }
  return (
    <SaveForm
      batch={batch}
      list={list}
      csrfToken={saving.csrfToken}
      onEnded={(hasEnded) => {
        setIsEnded(hasEnded);
        if (hasEnded) recheck();
      }}
    />
  );
}

type SaveFormProps = { batch: Batch; list: OpenList; csrfToken: string; onEnded: (hasEnded: boolean) => void };

function SaveForm({ batch, list, csrfToken, onEnded }: SaveFormProps) {
  const t = useTexts();
  const { scenario, choices, getFile } = batch;
  const [sending, setSending] = useState<Sending>({ kind: 'idle' });
  const [name, setName] = useState(() => (list.isSample ? t('page.save.sampleName') : list.name.replace(/\.[^.]*$/, '')));
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);
  const parts: SaveParts | null = useMemo(() => {
    const { scenario: inputs, cnyPerUsd } = scenario;
    return inputs === null ? null : toSaveParts({ mapping: list.mapping, format: list.format, choices, scenario: inputs, cnyPerUsd });
  }, [scenario, list, choices]);

  const save = async (event: FormEvent) => {
    event.preventDefault();
    const file = getFile();
    if (file === null || parts === null) return;
    const aborter = new AbortController();
    abort.current = aborter;
    const { signal } = aborter;
    setSending({ kind: 'sending', ratio: 0 });
    const answer = await sendList(
      { file, name, parts, csrfToken },
      { onSent: (ratio) => setSending((current) => (current.kind === 'sending' ? { kind: 'sending', ratio } : current)), signal },
    );
    if (signal.aborted) return;
    setSending(answer.kind === 'saved' ? { ...answer, name, key: toKey(parts) } : answer);
    onEnded(answer.kind === 'session_ended');
  };
  const stop = () => {
    abort.current?.abort();
    setSending({ kind: 'idle' });
  };
  const isSending = sending.kind === 'sending';
  return (
    <form className="batch-save" onSubmit={(event) => void save(event)} aria-label={t('page.save.title')}>
      <label className="batch-save-name">
        <span className="small dim">{t('page.save.name')}</span>
        <span className="box">
          <input value={name} maxLength={MAX_NAME_LENGTH} required onChange={(event) => setName(event.currentTarget.value)} />
        </span>
      </label>
      <button type="submit" className="btn main" disabled={isSending || parts === null}>
        {t('page.save.act')}
      </button>
      {isSending ? (
        <button type="button" className="btn" onClick={stop}>
          {t('page.cancel')}
        </button>
      ) : null}
      <Outcome batch={batch} sending={sending} parts={parts} />
      <p className="small dim">{t('page.save.what')}</p>
    </form>
  );
}

const toKey = (parts: SaveParts) => JSON.stringify(parts);

/** Beside the button: how far it is, that it is done and where, or why not and what to do. */
function Outcome({ batch, sending, parts }: { batch: Batch; sending: Sending; parts: SaveParts | null }) {
  const t = useTexts();
  const { format } = batch;
  switch (sending.kind) {
    case 'idle':
      return parts === null ? <p className="small loss">{t('page.save.scenarioFirst')}</p> : null;
    case 'sending': {
      const { ratio } = sending;
      return (
        <div className="batch-progress">
          <progress max={1} value={ratio} aria-label={t('page.save.sendingLabel')} />
          <p className="small" aria-live="polite">
            {ratio < 1 ? t('page.save.sending', { share: format.percent(ratio, 0) }) : t('page.save.storing')}
          </p>
        </div>
      );
    }
    case 'saved':
      return (
        <output className="note batch-saved">
          <span>
            {t('page.save.done', { name: sending.name })}
            <SentenceGap />
            <a href={toListPath(sending.id)}>{t('page.save.open')}</a>
          </span>
          {parts === null || toKey(parts) !== sending.key ? <span className="small">{t('page.save.moved')}</span> : null}
        </output>
      );
    case 'session_ended':
      return (
        <p className="note bad" role="alert">
          <span>
            {t('page.save.sessionEnded')}
            <SentenceGap />
            <SignInLink label={t('page.save.signIn')} />
          </span>
        </p>
      );
    case 'broken':
      return (
        <p className="note bad" role="alert">
          {t('page.save.broken')}
        </p>
      );
    case 'refused':
      return (
        <div className="note bad" role="alert">
          <div>
            {sending.sentences.map((sentence) => (
              <p key={sentence}>{sentence}</p>
            ))}
          </div>
        </div>
      );
  }
}
