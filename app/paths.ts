// Every address of the application and the parameters it takes. Routes, links and tests build addresses here and nowhere else.
// The calculator's own parameters are the names of its form (decision 0040); its room reads and writes them.

/** Language parameter of every page; also sets the language cookie. */
export const LANGUAGE_PARAM = 'lng';

export const PATHS = {
  calculator: '/',
  monthsCsv: '/months.csv',
  batch: '/batch',
  lists: '/batches',
  compareLists: '/batches/compare',
  scenarios: '/scenarios',
  sharedList: '/shared/lists',
  whatIf: '/curtailment/what-if',
  market: '/market',
  marketIndicators: '/market/indicators',
  marketForecast: '/market/forecast',
  marketDerivatives: '/market/derivatives',
  marketSources: '/market/sources',
  marketPower: '/market/power',
  marketPowerCurve: '/market/power/curve',
  sites: '/sites',
  newSite: '/sites/new',
  machines: '/machines',
  importMachines: '/machines/import',
  energy: '/energy',
  energyCsv: '/energy.csv',
  meter: '/energy/meter',
  alerts: '/alerts',
  alertSettings: '/alerts/settings',
  newAlertChannel: '/alerts/settings/channels/new',
  reports: '/reports',
  newReport: '/reports/new',
  reportLogo: '/reports/logo',
  developers: '/developers',
  signUp: '/sign-up',
  signIn: '/sign-in',
  signInCode: '/sign-in/code',
  signInWallet: '/sign-in/wallet',
  signOut: '/sign-out',
  verify: '/verify',
  reset: '/reset',
  profile: '/profile',
  ownData: '/profile/data.json',
  security: '/security',
  securityWallet: '/security/wallet',
  tokens: '/tokens',
  invitation: '/invitation',
  devMail: '/dev/mail',
  apiToken: '/api/v1/token',
  apiRoi: '/api/v1/roi',
  apiRoiBatch: '/api/v1/roi/batch',
  apiBatches: '/api/v1/batches',
  apiRisk: '/api/v1/risk',
  apiScenarios: '/api/v1/scenarios',
  apiIndicators: '/api/v1/indicators',
  apiCurtailmentPlan: '/api/v1/curtailment/plan',
  apiCurtailmentShed: '/api/v1/curtailment/shed',
  apiSites: '/api/v1/sites',
  apiClients: '/api/v1/clients',
  apiMachines: '/api/v1/machines',
  apiAlerts: '/api/v1/alerts',
  apiAlertRules: '/api/v1/alert-rules',
  apiAlertChannels: '/api/v1/alert-channels',
  apiSignalWatches: '/api/v1/signal-watches',
  apiReports: '/api/v1/reports',
  apiForecasts: '/api/v1/forecasts',
  apiModels: '/api/v1/models',
  apiMarket: '/api/v1/market',
  apiMarketHistory: '/api/v1/market/history',
  apiPowerPrices: '/api/v1/power-prices',
  apiOpenApi: '/api/v1/openapi.json',
  roles: '/roles',
  enterWorkspace: '/workspaces/enter',
  members: '/members',
  audit: '/audit',
  auditExport: '/audit/export',
  cspReport: '/csp-report',
  healthz: '/healthz',
  readyz: '/readyz',
  favicon: '/favicon.ico',
} as const;

/** A stored list, and the page that a link with its secret shows. */
export function toListPath(id: string): string {
  return `${PATHS.lists}/${encodeURIComponent(id)}`;
}
export function toSharedListPath(secret: string): string {
  return `${PATHS.sharedList}/${encodeURIComponent(secret)}`;
}
/** Row errors of a stored list as a file. */
export function toListErrorsPath(id: string): string {
  return `${PATHS.apiBatches}/${encodeURIComponent(id)}/errors?format=csv`;
}

/** Computed rows of a stored list as a file, for its workspace and for whoever has its link. */
export function toListRowsPath(id: string): string {
  return `${toListPath(id)}/rows.csv`;
}
export function toSharedRowsPath(secret: string): string {
  return `${toSharedListPath(secret)}/rows.csv`;
}
/** Progress of a stored list as it happens; `secret` of its link where the reader is none of the workspace. */
export function toListEventsPath(id: string, secret: string | null): string {
  const path = `${PATHS.apiBatches}/${encodeURIComponent(id)}/events`;
  return secret === null ? path : `${path}?${new URLSearchParams({ share: secret })}`;
}

/** Parameter of what is compared with a saved scenario: `form`, the calculator's inputs in the same address; absent, those of the scenario itself. */
export const NOW_PARAM = 'now';
export const NOW_OF_FORM = 'form';

/** The calculator's parameters with the mark that they are meant; at PATHS.scenarios they are what can be saved or compared. */
export function toNowParams(calculator: URLSearchParams): URLSearchParams {
  return new URLSearchParams([[NOW_PARAM, NOW_OF_FORM], ...calculator]);
}

/** What changed since a saved scenario. `search`: parameters of the calculator with which it is compared, empty for those of the scenario. */
export function toScenarioPath(id: string, search = ''): string {
  return `${PATHS.scenarios}/${encodeURIComponent(id)}/explanation${search === '' ? '' : `?${search}`}`;
}

/** A site, its form, and what happens on it as it happens. */
export function toSitePath(id: string): string {
  return `${PATHS.sites}/${encodeURIComponent(id)}`;
}
export function toSiteEditPath(id: string): string {
  return `${toSitePath(id)}/edit`;
}
export function toSiteLivePath(id: string): string {
  return `${PATHS.apiSites}/${encodeURIComponent(id)}/live`;
}

/** A machine by its number, which people read out to each other. */
export function toMachinePath(number: number): string {
  return `${PATHS.machines}/${number}`;
}

/** One alert with its history. */
export function toAlertPath(id: string): string {
  return `${PATHS.alerts}/${encodeURIComponent(id)}`;
}

/** One rule in the workspace, or on one site; and one channel. */
export function toAlertRulePath(rule: string, siteId: string | null): string {
  const path = `${PATHS.alertSettings}/rules/${encodeURIComponent(rule)}`;
  return siteId === null ? path : `${path}?${new URLSearchParams({ siteId })}`;
}
export function toAlertChannelPath(id: string): string {
  return `${PATHS.alertSettings}/channels/${encodeURIComponent(id)}`;
}

/** Parameter of the order of a report: the stored list it is of. */
export const LIST_PARAM = 'list';
export function toListReportPath(id: string): string {
  return `${PATHS.newReport}?${new URLSearchParams({ [LIST_PARAM]: id })}`;
}

/** The page on which one report is waited for and downloaded. */
export function toReportPath(id: string): string {
  return `${PATHS.reports}/${encodeURIComponent(id)}`;
}

/** One report of the API, and its file. */
export function toApiReportPath(id: string): string {
  return `${PATHS.apiReports}/${encodeURIComponent(id)}`;
}
export function toReportFilePath(id: string): string {
  return `${toApiReportPath(id)}/file`;
}

/** Parameter of the sign-in page: the path to go on to. */
export const NEXT_PARAM = 'next';

/** Where people go who must sign in first; `backTo` is a path of ours. */
export function toSignInPath(backTo: string): string {
  return `${PATHS.signIn}?${new URLSearchParams({ [NEXT_PARAM]: backTo })}`;
}

/** The same page with the same parameters in another language. `search` is empty or starts with `?`. */
export function toLanguageHref(pathname: string, search: string, language: string): string {
  const params = new URLSearchParams(search);
  params.set(LANGUAGE_PARAM, language);
  return `${pathname}?${params}`;
}

/**
 * Absolute address of a page for search engines: inputs are left out, since each set of inputs is not a page of its own.
 * `language` `null`: the address that answers in the reader's language.
 */
export function toCanonicalHref(origin: string, pathname: string, language: string | null): string {
  return language === null ? `${origin}${pathname}` : `${origin}${pathname}?${new URLSearchParams({ [LANGUAGE_PARAM]: language })}`;
}
