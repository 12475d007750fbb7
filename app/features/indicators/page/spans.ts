/** Days shown, by the value of the page's parameter; `null`: all of them. */
export const SPANS = { '1y': 365, '4y': 1461, all: null } as const;
export type Span = keyof typeof SPANS;
export const isSpan = (text: string): text is Span => Object.hasOwn(SPANS, text);
