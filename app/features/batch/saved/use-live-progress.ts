/** How far a list is, as the worker goes on: told by the server while the page is open. Without script the page loads itself again instead. */
import { useRevalidator } from '@remix-run/react';
import { useEffect, useState } from 'react';
import type { StoredProgress } from '../stored/progress.ts';

export function isUnderWay({ status }: Pick<StoredProgress, 'status'>): boolean {
  return status === 'queued' || status === 'running';
}

/** `loaded`: as the page was loaded with. Once the list is over the page asks for its figures and rows. */
export function useLiveProgress(loaded: StoredProgress, eventsPath: string): StoredProgress {
  const [told, setTold] = useState<StoredProgress | null>(null);
  const { revalidate } = useRevalidator();
  const isOpen = isUnderWay(loaded);
  useEffect(() => {
    if (!isOpen) return;
    // Connects again by itself when the stream breaks.
    const source = new EventSource(eventsPath);
    source.addEventListener('progress', ({ data }: MessageEvent<string>) => {
      const progress = JSON.parse(data) as StoredProgress;
      setTold(progress);
      if (isUnderWay(progress)) return;
      source.close();
      revalidate();
    });
    return () => {
      source.close();
      setTold(null);
    };
  }, [isOpen, eventsPath, revalidate]);
  return isOpen ? (told ?? loaded) : loaded;
}
