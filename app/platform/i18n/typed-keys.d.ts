// Makes `t('...')` accept existing keys only: the English files are the list.
import 'i18next';
import type apiErrors from '../../../locales/en/api-errors.json';
import type batch from '../../../locales/en/batch.json';
import type calculator from '../../../locales/en/calculator.json';
import type catalogue from '../../../locales/en/catalogue.json';
import type developers from '../../../locales/en/developers.json';
import type frame from '../../../locales/en/frame.json';
import type market from '../../../locales/en/market.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'frame';
    returnNull: false;
    resources: {
      'api-errors': typeof apiErrors;
      batch: typeof batch;
      calculator: typeof calculator;
      catalogue: typeof catalogue;
      developers: typeof developers;
      frame: typeof frame;
      market: typeof market;
    };
  }
}
