// A browser without a screen: keeps cookies, reads the token of a form, sends forms as a page of ours does. For attacks, which a real browser would not send.
import { getTestOrigin } from './chromium.ts';

export type Answer = { status: number; text: string; location: string | null; headers: Headers };

export class HttpBrowser {
  readonly cookies = new Map<string, string>();

  constructor(cookie = '') {
    for (const pair of cookie.split('; ').filter((text) => text.includes('='))) this.#keep(pair);
  }

  #keep(line: string): void {
    const [name = '', value = ''] = (line.split(';', 1)[0] ?? '').split(/=(.*)/s);
    if (value === '') this.cookies.delete(name);
    else this.cookies.set(name, value);
  }

  async send(path: string, init: { method?: string; body?: BodyInit; headers?: Record<string, string> } = {}): Promise<Answer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(`${getTestOrigin()}${path}`, {
      ...init,
      headers: { 'Accept-Language': 'en', ...(cookie === '' ? {} : { Cookie: cookie }), ...init.headers },
      redirect: 'manual',
    });
    for (const line of response.headers.getSetCookie()) this.#keep(line);
    return { status: response.status, text: await response.text(), location: response.headers.get('Location'), headers: response.headers };
  }

  get(path: string): Promise<Answer> {
    return this.send(path);
  }

  /** The token of a form on the page. */
  async openForm(path: string): Promise<string> {
    return /name="csrf" value="([^"]+)"/.exec((await this.get(path)).text)?.[1] ?? '';
  }

  /** As the page's own form sends it, unless `headers` say otherwise. */
  post(path: string, fields: Record<string, string>, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send(path, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { Origin: getTestOrigin(), 'Sec-Fetch-Site': 'same-origin', ...headers },
    });
  }

  /** Opens the page and sends its form. `formPath`: where the form is, when it is not the page that takes it. */
  async submit(path: string, fields: Record<string, string>, formPath = path): Promise<Answer> {
    return this.post(path, { csrf: await this.openForm(formPath), ...fields });
  }
}
