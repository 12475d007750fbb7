// What i18next needs to know alike in the browser and on the server, so that both render the same text.
import type { InitOptions } from 'i18next';
import { LANGUAGES } from './languages.ts';

/** Texts of header, footer and error pages; loaded on every page. */
export const FRAME_NAMESPACE = 'frame';

export const I18NEXT_OPTIONS = {
  supportedLngs: [...LANGUAGES],
  // No second language behind the first: both have every key (checked), and only the active one is sent to the browser.
  fallbackLng: false,
  defaultNS: FRAME_NAMESPACE,
  // React escapes.
  interpolation: { escapeValue: false },
  returnNull: false,
} satisfies InitOptions;
