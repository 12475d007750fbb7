/** Keys of the words of the room, as the English file has them. Tests hold them to the registry. */
import type texts from '../../../../locales/en/indicators.json';

export type IndicatorKey = keyof (typeof texts)['names'];
export type OutputKey = keyof (typeof texts)['outputs'];
export type ParamKey = keyof (typeof texts)['params'];
export type LabelKey = keyof (typeof texts)['labels'];
export type SignalKey = keyof (typeof texts)['signals'];
