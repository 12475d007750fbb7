/** What the page of indicators shows of a person's watches. */
import type { NewsFacts } from './news-facts.ts';

export type SignalNewsView = { signal: string; at: string; isOn: boolean; facts: NewsFacts };
export type WatchView = { signal: string; isWatched: boolean };
export type WatchesView = { watches: WatchView[]; news: SignalNewsView[] };

/** `guest`: nobody is signed in, or nobody who belongs to a workspace. */
export type WatchPageView = { kind: 'guest' } | ({ kind: 'member' } & WatchesView);
