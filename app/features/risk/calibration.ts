/** The figures of the last `npm run calibrate:risk`, for the page that shows how far the model can be trusted. */
import type { Calibration } from './calibrate.ts';
import file from './calibration.json' with { type: 'json' };

export const CALIBRATION: Calibration = file as Calibration;
