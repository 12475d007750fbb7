/**
 * Writes the months into the rows that stand in the page: in the frame of the input those in sight, the others when the inputs rest.
 * Forty-eight rows through React, laid out and painted while only a dozen are seen, would not fit the frame.
 */

import type { Answer } from '#app/features/calculator/answer/compute-answer.ts';
import type { Say } from '#app/features/calculator/answer/say-finding.ts';
import { createTextWriter, type TextWriter } from '#app/features/calculator/text-writer.ts';
import { type MonthRow, toMonthRows } from './month-rows.ts';
import { chooseMonthDigits, type MonthDigits, toMonthRowClass, toMonthText } from './month-texts.ts';

/** Cells of a row in the order of the page; `[data-c]` marks each. */
export const ROW_TEXTS = ['month', 'title', 'until', 'events', 'mined', 'revenue', 'power', 'fixed', 'net', 'cumulative'] as const;

export type MonthsWriter = {
  /** Rows in sight now, the others at `writeRest`. */
  write: (answer: Answer, say: Say) => void;
  writeRest: () => void;
  stop: () => void;
};

export function createMonthsWriter(body: Element): MonthsWriter {
  const elements = [...body.querySelectorAll('tr')];
  const texts: TextWriter[] = elements.map((row) => createTextWriter([...row.querySelectorAll('[data-c]')]));
  const rowClasses = createTextWriter(elements);
  const seen = new Set<number>(elements.keys());
  const behind = new Set<number>();
  let current: { rows: MonthRow[]; digits: MonthDigits; say: Say } | null = null;

  function writeRow(index: number): void {
    const row = current?.rows[index];
    const writer = texts[index];
    if (current === null || row === undefined || writer === undefined) return;
    const text = toMonthText(current.say, row, current.digits);
    ROW_TEXTS.forEach((name, cell) => {
      writer.setText(cell, text[name]);
    });
    rowClasses.setClass(index, toMonthRowClass(row));
    behind.delete(index);
  }

  const indexes = new Map<Element, number>(elements.map((element, index) => [element, index]));
  const observer = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      const index = indexes.get(entry.target);
      if (index === undefined) continue;
      if (!entry.isIntersecting) seen.delete(index);
      else {
        seen.add(index);
        if (behind.has(index)) writeRow(index);
      }
    }
  });
  for (const element of elements) observer.observe(element);

  return {
    write(answer, say) {
      const rows = toMonthRows(answer);
      current = { rows, digits: chooseMonthDigits(rows), say };
      for (const index of elements.keys()) {
        behind.add(index);
        if (seen.has(index)) writeRow(index);
      }
    },
    writeRest() {
      for (const index of [...behind]) writeRow(index);
    },
    stop: () => observer.disconnect(),
  };
}
