/** What the page and the worker of a list say to each other: calls of the session by name, their answers, and progress in between. */
import type { BatchSession, OpenChoice, Opened, Progress } from './batch-session.ts';

/** The session's own calls; `open` takes the file itself, which the worker reads by place. */
export type SessionCalls = Omit<BatchSession, 'open'> & {
  open: (file: Blob, name: string, choice: OpenChoice, cnyPerUsd: number | null) => Promise<Opened>;
};
export type CallName = keyof SessionCalls;

export type ToWorker = { [Name in CallName]: { id: number; name: Name; args: Parameters<SessionCalls[Name]> } }[CallName];
export type FromWorker =
  | { kind: 'answer'; id: number; value: unknown }
  | { kind: 'failed'; id: number; reason: string }
  | { kind: 'progress'; progress: Progress };
