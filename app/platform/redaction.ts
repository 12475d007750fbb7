// How values that must not be read by everybody are written down: one place for logs and audit events. Pure.

export const HIDDEN = '[redacted]';

/** `anna@mine.example` -> `a***@mine.example`; of any other text the first character. Null stays null: absence is no secret. */
export function maskText(text: string): string {
  const at = text.lastIndexOf('@');
  const first = [...text][0] ?? '';
  return at > 0 ? `${first}***${text.slice(at)}` : `${first}***`;
}
