/**
 * Under which names this installation answers. A Host header is the sender's word: answering under any name lets another site point its own
 * name here (DNS rebinding) and lets a cache in front of us mix sites up. Pure.
 */
import { LOOPBACK } from './public-origin.ts';

export type HostRules = {
  /** Host and port of PUBLIC_ORIGIN and ALLOWED_HOSTS, in lower case; a name without a port stands for the port of its scheme. */
  configured: readonly string[];
  /** This machine under any port: everywhere but in production, and there too while nothing is configured. */
  allowsLoopback: boolean;
};

export function toHostRules(env: {
  HASHINSIGHT_MODE: string;
  PUBLIC_ORIGIN?: string | undefined;
  ALLOWED_HOSTS: readonly string[];
}): HostRules {
  const ofOrigin = env.PUBLIC_ORIGIN === undefined ? [] : [new URL(env.PUBLIC_ORIGIN).host];
  const configured = [...ofOrigin, ...env.ALLOWED_HOSTS];
  return { configured, allowsLoopback: env.HASHINSIGHT_MODE !== 'production' || configured.length === 0 };
}

/** `host`: name or address with an optional port. */
export function isAllowedHost(host: string, { configured, allowsLoopback }: HostRules): boolean {
  const lower = host.toLowerCase();
  if (configured.includes(lower)) return true;
  return allowsLoopback && LOOPBACK.test(lower.replace(/:\d{1,5}$/, ''));
}
