/**
 * A list to try the page with: machines of the catalogue at three made-up sites, with the mistakes that lists have. Every figure but the model names is invented for
 * the sample, and the page says so.
 */

export const SAMPLE_NAME = 'sample-fleet.csv';

/** Model, site, quantity, power price in $/kWh, price in $. */
const GROUPS: readonly (readonly [string, string, string, string, string])[] = [
  ['Antminer S21 Pro', 'Bend', '420', '0.041', '3900'],
  ['Antminer S21', 'Bend', '310', '0.041', '2900'],
  ['Antminer S19 XP', 'Bend', '180', '0.041', '1500'],
  ['Antminer S19j Pro 104T', 'Bend', '260', '0.041', '650'],
  ['Whatsminer M50S', 'Ridge', '340', '0.056', '1150'],
  ['Whatsminer M30S++', 'Ridge', '450', '0.056', '450'],
  ['Whatsminer M60S', 'Ridge', '220', '0.056', '2600'],
  ['Antminer S19 Pro', 'Ridge', '380', '0.056', '700'],
  ['Avalon A1366', 'Ridge', '150', '0.056', '900'],
  ['Antminer T21', 'Harbour', '200', '0.074', '2400'],
  ['Antminer S19', 'Harbour', '290', '0.074', '480'],
  ['Antminer S17 Pro', 'Harbour', '120', '0.074', '180'],
  ['Antminer S9', 'Harbour', '600', '0.074', '35'],
  ['Whatsminer M50S', 'Harbour', '110', '0.074', '1150'],
];

const BAD_LINES = [
  'Antminer S19j Por,Ridge,60,0.056,650',
  'Antminer S21,Bend,about 40,0.041,2900',
  'Quasarminer Q7,Harbour,25,0.074,1200',
  'Total,,3990,,',
];

export function writeSampleList(): string {
  const lines = GROUPS.map((group) => group.join(','));
  return ['Model,Site,Quantity,Electricity ($/kWh),Machine price ($)', ...lines, ...BAD_LINES, ''].join('\r\n');
}
