// Makes `t('...')` accept existing keys only: the English files are the list.
import 'i18next';
import type accounts from '../../../locales/en/accounts.json';
import type analytics from '../../../locales/en/analytics.json';
import type apiErrors from '../../../locales/en/api-errors.json';
import type batch from '../../../locales/en/batch.json';
import type calculator from '../../../locales/en/calculator.json';
import type catalogue from '../../../locales/en/catalogue.json';
import type chart from '../../../locales/en/chart.json';
import type developers from '../../../locales/en/developers.json';
import type forecasts from '../../../locales/en/forecasts.json';
import type frame from '../../../locales/en/frame.json';
import type flexiblePower from '../../../locales/en/flexible-power.json';
import type indicators from '../../../locales/en/indicators.json';
import type lists from '../../../locales/en/lists.json';
import type alertSettings from '../../../locales/en/alert-settings.json';
import type alerts from '../../../locales/en/alerts.json';
import type market from '../../../locales/en/market.json';
import type powerPrices from '../../../locales/en/power-prices.json';
import type reports from '../../../locales/en/reports.json';
import type risk from '../../../locales/en/risk.json';
import type whatIf from '../../../locales/en/what-if.json';
import type mail from '../../../locales/en/mail.json';
import type refusals from '../../../locales/en/refusals.json';
import type roles from '../../../locales/en/roles.json';
import type scenarios from '../../../locales/en/scenarios.json';
import type audit from '../../../locales/en/audit.json';
import type meter from '../../../locales/en/meter.json';
import type monitoring from '../../../locales/en/monitoring.json';
import type members from '../../../locales/en/members.json';
import type signalWatches from '../../../locales/en/signal-watches.json';
import type sites from '../../../locales/en/sites.json';
import type workspaces from '../../../locales/en/workspaces.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'frame';
    returnNull: false;
    resources: {
      accounts: typeof accounts;
      'alert-settings': typeof alertSettings;
      alerts: typeof alerts;
      analytics: typeof analytics;
      'api-errors': typeof apiErrors;
      batch: typeof batch;
      calculator: typeof calculator;
      catalogue: typeof catalogue;
      chart: typeof chart;
      developers: typeof developers;
      'flexible-power': typeof flexiblePower;
      forecasts: typeof forecasts;
      frame: typeof frame;
      indicators: typeof indicators;
      lists: typeof lists;
      mail: typeof mail;
      market: typeof market;
      'power-prices': typeof powerPrices;
      reports: typeof reports;
      risk: typeof risk;
      'what-if': typeof whatIf;
      refusals: typeof refusals;
      members: typeof members;
      meter: typeof meter;
      monitoring: typeof monitoring;
      audit: typeof audit;
      roles: typeof roles;
      scenarios: typeof scenarios;
      'signal-watches': typeof signalWatches;
      sites: typeof sites;
      workspaces: typeof workspaces;
    };
  }
}
