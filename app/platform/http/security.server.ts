// The security headers of every response. Pure: what a response must say, not how it is sent.
import { PATHS } from '../../paths.ts';

/** 16 bytes of chance, as the CSP specification recommends at least. */
const NONCE_BYTES = 16;
const ONE_YEAR_S = 31_536_000;
const CSP_REPORT_GROUP = 'csp';

/** Nothing of the device is used but the screen; each name is a feature that a script could otherwise ask for. */
const REFUSED_FEATURES = [
  'accelerometer',
  'browsing-topics',
  'camera',
  'display-capture',
  'geolocation',
  'gyroscope',
  'hid',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'usb',
  'xr-spatial-tracking',
];

/** A fresh value per response; a script without it does not run. */
export function createNonce(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(NONCE_BYTES))).toString('base64');
}

/**
 * Content-Security-Policy of a response (decision 0030). `forVite` is for the development server only: its client adds style
 * elements and talks over a web socket.
 */
export function toContentSecurityPolicy(nonce: string, forVite: boolean): string {
  const directives: Record<string, string> = {
    'default-src': "'none'",
    'script-src': `'nonce-${nonce}' 'strict-dynamic' 'wasm-unsafe-eval'`,
    'style-src': forVite ? "'self' 'unsafe-inline'" : "'self'",
    'img-src': "'self' data:",
    'font-src': "'self'",
    'connect-src': forVite ? "'self' ws:" : "'self'",
    'form-action': "'self'",
    'base-uri': "'none'",
    'frame-ancestors': "'none'",
    'manifest-src': "'self'",
    'worker-src': "'self'",
    // Both ways of asking for reports: browsers know the one or the other.
    'report-to': CSP_REPORT_GROUP,
    'report-uri': PATHS.cspReport,
  };
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');
}

export type SecurityHeaderOptions = { nonce: string; secure: boolean; forVite: boolean };

/** `secure`: the reader's connection is https, here or at a trusted proxy; only then may the browser be told to insist on it. */
export function listSecurityHeaders({ nonce, secure, forVite }: SecurityHeaderOptions): Record<string, string> {
  return {
    'Content-Security-Policy': toContentSecurityPolicy(nonce, forVite),
    'Referrer-Policy': 'strict-origin-when-cross-origin',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': REFUSED_FEATURES.map((feature) => `${feature}=()`).join(', '),
    'Reporting-Endpoints': `${CSP_REPORT_GROUP}="${PATHS.cspReport}"`,
    // Keeps this origin in a process of its own, and old plug-ins from reading across origins.
    'Origin-Agent-Cluster': '?1',
    'X-Permitted-Cross-Domain-Policies': 'none',
    ...(secure ? { 'Strict-Transport-Security': `max-age=${ONE_YEAR_S}; includeSubDomains` } : {}),
  };
}
