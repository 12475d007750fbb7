// What the pages about rules and channels show. Types only, for routes and parts of screens.
import type { RuleChange, RuleSettings } from '#app/features/alerts/rules/rule-settings.ts';
import type { RuleId } from '#app/features/alerts/rules/rule-table.ts';
import type { ChannelView, NewChannelView } from '#app/features/alerts/settings/channel-store.server.ts';
import type { RuleView } from '#app/features/alerts/settings/rule-store.server.ts';
import type { ChannelTested } from '#app/features/alerts/settings/test-channel.server.ts';
import type { RuleTestAnswer } from '#app/features/alerts/settings/test-rule.server.ts';
import type { FormFault } from '../form-fault.ts';

export type SiteName = { id: string; name: string };

/** Null: the workspace as a whole. */
export type SettingsScope = { site: SiteName | null; sites: SiteName[]; mayWriteWorkspace: boolean };

export type AlertSettingsView = SettingsScope & {
  rules: RuleView[];
  /** Null: channels are not the reader's to see. */
  channels: ChannelView[] | null;
  mayAddChannels: boolean;
  /** The rule that was just changed. */
  saved: RuleId | null;
};

export type ChannelActResult =
  | { kind: 'tested'; tested: ChannelTested }
  | { kind: 'switched'; name: string; isEnabled: boolean }
  | { kind: 'gone' };

export type RulePageView = SettingsScope & {
  rule: RuleId;
  isInHistory: boolean;
  /** What was set here; null: nothing. */
  own: RuleChange | null;
  /** What holds where nothing is set here. */
  below: Pick<RuleSettings, 'isEnabled' | 'severity' | 'numbers' | 'poolHosts'>;
  values: Record<string, string>;
};

export type RuleActResult =
  | { kind: 'faulty'; faults: FormFault[]; values: Record<string, string> }
  | { kind: 'tested'; answer: RuleTestAnswer; siteName: string; values: Record<string, string> };

export type ChannelPageView = { channel: ChannelView | null; sites: SiteName[]; values: Record<string, string> };

export type ChannelFormResult =
  | { kind: 'faulty'; faults: FormFault[]; values: Record<string, string> }
  | { kind: 'made'; channel: NewChannelView };
