/**
 * The plan as CSV (RFC 4180), a line for every run of every machine: from and to in local time with the offset, mode and power. Texts that a spreadsheet would take
 * for a formula are defused. A byte order mark, so that spreadsheets read Chinese.
 */
import { toCsvText } from '#app/platform/csv/csv-text.ts';
import type { PlanAnswer, PlanProblem } from '#engine';

/** Column titles and the name of the off state, in the reader's language. */
export type CsvTitles = {
  machine: string;
  unit: string;
  client: string;
  from: string;
  to: string;
  mode: string;
  powerW: string;
  off: string;
};

const MS_PER_MINUTE = 60_000;

/** 2022-10-20T17:00-05:00, written by the clock of the zone. */
function createLocalWriter(zone: string): (instantMs: number) => string {
  const formatter = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'longOffset',
  });
  const known = new Map<number, string>();
  return (instantMs) => {
    let text = known.get(instantMs);
    if (text === undefined) {
      const parts = Object.fromEntries(formatter.formatToParts(instantMs).map(({ type, value }) => [type, value]));
      const offset = (parts.timeZoneName ?? '').replace('GMT', '') || '+00:00';
      text = `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}${offset}`;
      known.set(instantMs, text);
    }
    return text;
  };
}

export function toPlanCsv(problem: PlanProblem, answer: PlanAnswer, titles: CsvTitles): string {
  const { startAt, minutes, timeZone } = problem.interval;
  const writeLocal = createLocalWriter(timeZone);
  const at = (interval: number) => writeLocal(Date.parse(startAt) + interval * minutes * MS_PER_MINUTE);
  const machines = new Map(problem.machines.map((machine) => [machine.id, machine]));
  const { machine, unit, client, from, to, mode, powerW } = titles;
  const lines = [[machine, unit, client, from, to, mode, powerW].map((text) => toCsvText(text)).join(',')];
  for (const planned of answer.machines) {
    const given = machines.get(planned.id)!;
    const head = `${toCsvText(planned.id)},${planned.unit},${toCsvText(given.client ?? '')}`;
    for (const [begin, end, index] of planned.runs) {
      const what = index === null ? null : given.modes[index]!;
      lines.push(`${head},${at(begin)},${at(end)},${toCsvText(what?.name ?? titles.off)},${what?.powerW ?? 0}`);
    }
  }
  return `\ufeff${lines.join('\r\n')}\r\n`;
}
