// Texts on the server: for loaders and actions `i18nServer.getFixedT(request, 'namespace')`, for rendering one instance a response.
import { createInstance, type i18n as I18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { RemixI18Next } from 'remix-i18next/server';
import { detectLanguage } from './detect-language.ts';
import { DEFAULT_LANGUAGE, LANGUAGES, type Language } from './languages.ts';
import { FRAME_NAMESPACE, I18NEXT_OPTIONS } from './options.ts';
import { RESOURCES } from './resources.server.ts';

export const i18nServer = new RemixI18Next({
  detection: {
    supportedLanguages: [...LANGUAGES],
    fallbackLanguage: DEFAULT_LANGUAGE,
    order: ['custom'],
    findLocale: async (request) => detectLanguage(request),
  },
  i18next: { ...I18NEXT_OPTIONS, resources: RESOURCES },
});

/** An i18next instance for rendering one response; every namespace is at hand. */
export async function createServerI18n(language: Language): Promise<I18n> {
  const instance = createInstance();
  await instance.use(initReactI18next).init({ ...I18NEXT_OPTIONS, lng: language, ns: [FRAME_NAMESPACE], resources: RESOURCES });
  return instance;
}
