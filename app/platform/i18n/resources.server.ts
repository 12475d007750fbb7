// All texts of all languages, for the server only: locales/<language>/<namespace>.json.
import type { Resource } from 'i18next';

const FILES = import.meta.glob<Record<string, never>>('../../../locales/*/*.json', { eager: true, import: 'default' });

function collect(): Resource {
  const resources: Resource = {};
  for (const [path, texts] of Object.entries(FILES)) {
    const [language, file] = path.split('/').slice(-2) as [string, string];
    resources[language] ??= {};
    resources[language][file.slice(0, -'.json'.length)] = texts;
  }
  return resources;
}

export const RESOURCES = collect();
