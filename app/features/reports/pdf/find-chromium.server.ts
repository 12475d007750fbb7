/** Where Chromium is: the configured one, else where systems put it. */
import { accessSync, constants } from 'node:fs';
import { getEnv } from '#app/platform/env.server.ts';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/usr/bin/chromium-browser',
  '/usr/local/bin/chromium',
];

/** Null: this installation makes no PDF. */
export function findChromium(): string | null {
  const { CHROMIUM_PATH } = getEnv();
  return (CHROMIUM_PATH === undefined ? PLACES : [CHROMIUM_PATH]).find(isExecutable) ?? null;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
