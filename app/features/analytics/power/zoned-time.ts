/** Moments by the clock of a series, since its prices are those of hours there. */
export function createZonedTime(locale: string, timeZone: string) {
  const formatter = new Intl.DateTimeFormat(locale, {
    timeZone,
    year: 'numeric',
    month: locale.startsWith('zh') ? 'long' : 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return (at: string | number): string => formatter.format(new Date(at));
}
