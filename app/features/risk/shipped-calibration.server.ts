/** The calibration over the shipped history: how it is run. `npm run calibrate:risk` writes its figures to calibration.json. */
import { readDailyClosesUsdPerBtc } from '#app/features/market/history/read-history.server.ts';
import type { Engine } from '#engine';
import { type Calibration, type CalibrationOptions, calibrateRisk } from './calibrate.ts';
import { MOTION_WINDOW_MONTHS, readShippedEpochs } from './shipped-motion.server.ts';

const OPTIONS: CalibrationOptions = { windowMonths: MOTION_WINDOW_MONTHS, horizonsMonths: [1, 3, 6, 12], paths: 2000, seed: 1 };

/** About a second. */
export function calibrateOverShippedHistory(engine: Engine): Calibration {
  return calibrateRisk({ closes: readDailyClosesUsdPerBtc(), epochs: readShippedEpochs(), engine }, OPTIONS);
}
