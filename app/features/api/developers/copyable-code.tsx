/** A block of code with a button that copies it. Without script, or where the browser has no clipboard, only the code is there. */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CheckIcon, CopyIcon } from '#app/ui/icons.tsx';

const COPIED_SHOWN_MS = 2000;

/** `of`: what the code belongs to, so that two blocks of the same title are told apart by name. */
export function CopyableCode({ title, of, text }: { title: string; of: string; text: string }) {
  const { t } = useTranslation('developers');
  const [canCopy, setCanCopy] = useState(false);
  const [isCopied, setIsCopied] = useState(false);
  // Known only in the browser, and only where the page is served safely.
  useEffect(() => setCanCopy(navigator.clipboard !== undefined), []);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setIsCopied(false), COPIED_SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  // Refused by the browser's settings: the code can still be selected, and the button keeps its word.
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setIsCopied(true),
      () => setCanCopy(false),
    );
  return (
    <figure className="code">
      <figcaption>
        <span>{title}</span>
        {canCopy ? (
          <button type="button" className="btn quiet sm" onClick={copy}>
            {isCopied ? <CheckIcon /> : <CopyIcon />}
            <span aria-live="polite">{isCopied ? t('page.copied') : t('page.copy')}</span>
          </button>
        ) : null}
      </figcaption>
      {/* Scrolls sideways, so the keyboard must reach it. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region without anything to focus in it */}
      <section tabIndex={0} aria-label={`${of}: ${title}`}>
        <pre>
          <code>{text}</code>
        </pre>
      </section>
    </figure>
  );
}
