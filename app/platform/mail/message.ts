// One message to one person, as words and as what a mail program shows. Pure.
import { z } from 'zod';
import { HTML_LANG, LANGUAGES, type Language } from '../i18n/languages.ts';

export const MessageSchema = z.object({
  to: z.email(),
  language: z.enum(LANGUAGES),
  /** Written from texts of ours and names that people chose: a line break would begin another header. */
  subject: z.string().regex(/^[^\r\n]*$/),
  text: z.string(),
  html: z.string(),
});
export type Message = z.infer<typeof MessageSchema>;

/** What a message says. */
export type Letter = {
  to: string;
  language: Language;
  subject: string;
  paragraphs: readonly string[];
  /** The one thing to do; null: there is nothing to do. */
  action: { label: string; url: string } | null;
  /** Who sends this and why. */
  footer: string;
};

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);

/** Mail programs know neither our stylesheet nor our policy: colours and sizes stand in the elements, as they have to in messages. */
const STYLE = {
  body: 'margin:0;padding:24px;background:#f6f6f4;color:#1a1b1d;font:15px/24px -apple-system,Segoe UI,Roboto,PingFang SC,Microsoft YaHei,sans-serif',
  sheet: 'max-width:560px;margin:0 auto;padding:24px;background:#ffffff;border:1px solid #e1e1dc;border-radius:8px',
  brand: 'margin:0 0 16px;font-weight:600',
  paragraph: 'margin:0 0 16px;overflow-wrap:anywhere',
  button: 'display:inline-block;padding:10px 20px;background:#f0a41c;color:#1f1500;font-weight:600;text-decoration:none;border-radius:6px',
  small: 'margin:16px 0 0;font-size:13px;line-height:20px;color:#63666c;overflow-wrap:anywhere',
};

/** The same words twice: for programs that show plain text, and for those that show pages. */
export function renderMessage({ to, language, subject, paragraphs, action, footer }: Letter): Message {
  const text = [...paragraphs, ...(action ? [`${action.label}:\n${action.url}`] : []), `-- \n${footer}`].join('\n\n');
  const body = [
    `<p style="${STYLE.brand}">HashInsight</p>`,
    ...paragraphs.map((paragraph) => `<p style="${STYLE.paragraph}">${escapeHtml(paragraph)}</p>`),
    ...(action
      ? [
          `<p style="${STYLE.paragraph}"><a style="${STYLE.button}" href="${escapeHtml(action.url)}">${escapeHtml(action.label)}</a></p>`,
          `<p style="${STYLE.small}">${escapeHtml(action.url)}</p>`,
        ]
      : []),
    `<p style="${STYLE.small}">${escapeHtml(footer)}</p>`,
  ].join('\n');
  const html = `<!doctype html>
<html lang="${HTML_LANG[language]}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(subject)}</title></head>
<body style="${STYLE.body}"><div style="${STYLE.sheet}">
${body}
</div></body>
</html>
`;
  // A name may hold anything; a header holds one line.
  return { to, language, subject: subject.replace(/[\r\n]+/g, ' '), text: `${text}\n`, html };
}
