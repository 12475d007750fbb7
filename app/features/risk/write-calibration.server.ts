/** Entry point of `npm run calibrate:risk`: writes calibration.json beside this file and says what it found. */
import { writeFileSync } from 'node:fs';
import { getEngine } from '#app/platform/engine.server.ts';
import { calibrateOverShippedHistory } from './shipped-calibration.server.ts';

const calibration = calibrateOverShippedHistory(await getEngine());
writeFileSync(new URL('calibration.json', import.meta.url), `${JSON.stringify(calibration, null, 1)}\n`);

const percent = (ratio: number) => `${(ratio * 100).toFixed(0)} %`.padStart(6);
console.log(
  `origins from ${calibration.firstOriginAt.slice(0, 10)} to ${calibration.lastOriginAt.slice(0, 10)}, window ${calibration.windowMonths} months`,
);
console.log('outcomes at or below      P5    P25    P50    P75    P95   pinball   without drift');
for (const { series, horizonMonths, coverage, pinballModel, pinballNaive, isBetterThanNaive } of calibration.rows) {
  const shares = Object.values(coverage).map(percent).join(' ');
  const verdict = isBetterThanNaive ? 'better' : 'not better';
  console.log(
    `${`${series} ${horizonMonths} m`.padEnd(22)}${shares}   ${pinballModel.toFixed(4)}   ${pinballNaive.toFixed(4)} ${verdict} than a random walk without drift`,
  );
}
