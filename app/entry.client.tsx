// Starts the page in the browser. Hydration begins once the texts of the page are here: they were preloaded with the scripts.
import { RemixBrowser } from '@remix-run/react';
import i18next from 'i18next';
import { StrictMode, startTransition } from 'react';
import { hydrateRoot } from 'react-dom/client';
import { I18nextProvider, initReactI18next } from 'react-i18next';
import { getInitialNamespaces } from 'remix-i18next/client';
import { toLanguage } from './platform/i18n/languages.ts';
import { FRAME_NAMESPACE, I18NEXT_OPTIONS } from './platform/i18n/options.ts';
import { textsBackend } from './platform/i18n/texts-in-browser.ts';

const namespaces = [...new Set([FRAME_NAMESPACE, ...getInitialNamespaces()])];
const language = toLanguage(document.documentElement.lang);

/**
 * A late part whose code is still on its way may be overtaken by somebody who types: React then draws the part afresh from the newer inputs, which is what the page wants, and reports
 * it as an error it has recovered from (number 421 of its production build). Everything else, first of all a page that differs from the server's, is reported as ever.
 */
function reportUnlessOvertaken(error: unknown): void {
  const isOvertaken = error instanceof Error && /error #421\b|received an update before it finished hydrating/.test(error.message);
  if (!isOvertaken) reportError(error);
}

await i18next
  .use(initReactI18next)
  .use(textsBackend)
  .init({ ...I18NEXT_OPTIONS, lng: language, ns: namespaces });

// Without its texts the page would turn into a list of keys. As the server sent it, it reads and submits without script.
if (namespaces.every((namespace) => i18next.hasResourceBundle(language, namespace))) {
  startTransition(() => {
    hydrateRoot(
      document,
      <I18nextProvider i18n={i18next}>
        <StrictMode>
          <RemixBrowser />
        </StrictMode>
      </I18nextProvider>,
      { onRecoverableError: reportUnlessOvertaken },
    );
  });
}
