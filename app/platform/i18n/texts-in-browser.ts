// Texts in the browser: one small JSON file per language and namespace, fetched by its hashed address. The server names the
// files of a page in preload links, so that they arrive with the scripts and hydration does not wait for another round trip.
import type { BackendModule } from 'i18next';
import type { Language } from './languages.ts';
import { FRAME_NAMESPACE } from './options.ts';

const URLS = import.meta.glob<string>('../../../locales/*/*.json', { eager: true, query: '?url', import: 'default' });

/** Address of one file of texts; `null` when the namespace does not exist. Same answer on server and in browser. */
export function findTextsUrl(language: string, namespace: string): string | null {
  return URLS[`../../../locales/${language}/${namespace}.json`] ?? null;
}

/** Routes say which texts their screens use: `export const handle = { i18n: ['calculator', 'market'] }`. */
export function listNamespaces(handles: readonly unknown[]): string[] {
  const names = new Set<string>([FRAME_NAMESPACE]);
  for (const handle of handles) {
    if (typeof handle !== 'object' || handle === null || !('i18n' in handle)) continue;
    for (const name of [handle.i18n].flat()) if (typeof name === 'string') names.add(name);
  }
  return [...names];
}

/** Addresses to preload for a page. */
export function listTextsUrls(language: Language, handles: readonly unknown[]): string[] {
  return listNamespaces(handles)
    .map((namespace) => findTextsUrl(language, namespace))
    .filter((url) => url !== null);
}

/** i18next backend that fetches a namespace when a screen first asks for it. */
export const textsBackend: BackendModule = {
  type: 'backend',
  init() {},
  read(language, namespace, callback) {
    const url = findTextsUrl(language, namespace);
    if (url === null) {
      callback(new Error(`no texts ${language}/${namespace}`), false);
      return;
    }
    fetch(url)
      .then(async (response) => {
        if (!response.ok) throw new Error(`texts ${language}/${namespace}: HTTP ${response.status}`);
        callback(null, await response.json());
      })
      .catch((error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), false));
  },
};
