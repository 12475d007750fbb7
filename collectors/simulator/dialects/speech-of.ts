import type { SimulatedUnit } from '../unit.ts';
import { antminerSpeech, isS9, s9Speech } from './antminer.ts';
import { avalonSpeech } from './avalon.ts';
import { braiinsSpeech } from './braiins.ts';
import { cgminerSpeech } from './cgminer.ts';
import { luxosSpeech } from './luxos.ts';
import type { Speech } from './speech.ts';
import { vnishSpeech } from './vnish.ts';
import { whatsminerSpeech } from './whatsminer.ts';

/** How this machine speaks. */
export function speechOf(unit: SimulatedUnit): Speech {
  switch (unit.dialect) {
    case 'antminer':
      return isS9({ unit }) ? s9Speech : antminerSpeech;
    case 'whatsminer':
      return whatsminerSpeech;
    case 'avalon':
      return avalonSpeech;
    case 'braiins':
      return braiinsSpeech;
    case 'luxos':
      return luxosSpeech;
    case 'vnish':
      return vnishSpeech;
    case 'cgminer':
      return cgminerSpeech;
  }
}
