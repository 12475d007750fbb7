/**
 * Texts that a spreadsheet would run as a formula when it opens a text file are kept as texts with an apostrophe before them (OWASP, "CSV
 * Injection"). A signed figure is left alone: "-0.05" is a power price, and so is "-0.05 USD/kWh". Pure.
 */

/** Full-width forms as well: some spreadsheets in Chinese run them. */
const FORMULA_START = /^[=+\-@\t\r\n＝＋－＠]/;
/** Digits and their marks, and what stands behind them: no sign inside, so nothing to compute. */
const SIGNED_FIGURE = /^[+-]\s?[\d.,' ]*\d[\d.,' ]*(?:e[+-]?\d{1,3})?([^\d\n\r]*)$/i;
/** Units of our own tables and reports. Any other word may be the name of something. */
const UNIT =
  /^(?:%|(?:USD|CNY|EUR|GBP|CAD|AUD|BTC|[$¥€£]|美元|元)(?:\/(?:kWh|MWh|TH|PH|T|day|month|year|度|天|日|月|年|台))?|[kM]?Wh?|J\/TH|[TPE]H\/s|°C)$/i;

/** A longer text is no number, and would take the pattern long. */
const MAX_NUMBER_LENGTH = 64;

export function isFormulaLike(text: string): boolean {
  if (!FORMULA_START.test(text)) return false;
  const figure = text.length > MAX_NUMBER_LENGTH ? null : SIGNED_FIGURE.exec(text);
  if (figure === null) return true;
  const unit = (figure[1] ?? '').trim();
  return unit !== '' && !UNIT.test(unit);
}

export function defuseFormula(text: string): string {
  return isFormulaLike(text) ? `'${text}` : text;
}
