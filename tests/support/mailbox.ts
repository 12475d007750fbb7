// What the product sent to an address, by the page that shows its messages where no mail server is set up.
import { vi } from 'vitest';
import { HttpBrowser } from './http-browser.ts';

/** The worker sends messages within a moment; on a machine that is busy with other things, within many. */
const LONGEST_WAIT_MS = 60_000;

/** Path and query of the link in the newest message to `email` that leads to `path`, as soon as there is one. Messages about other things are passed over. Rejects after a minute without. */
export function waitForLink(email: string, path: '/verify' | '/reset' | '/invitation'): Promise<string> {
  const link = new RegExp(`href="[^"]*?(${path}\\?[^"]+)"`);
  return vi.waitFor(
    async () => {
      const letters = (await new HttpBrowser().get('/dev/mail')).text.split('class="letter"').filter((letter) => letter.includes(email));
      const found = letters.flatMap((letter) => link.exec(letter)?.[1] ?? [])[0];
      if (found === undefined) throw new Error(`no message to ${email} leads to ${path}`);
      return found.replaceAll('&amp;', '&');
    },
    { timeout: LONGEST_WAIT_MS, interval: 100 },
  );
}
