// Parts that open in place. Closed, a group of inputs says in one line what is set inside.
import type { ReactNode } from 'react';
import { ChevronRightIcon } from './icons.tsx';

export type DisclosureProps = { title: string; summary: ReactNode; open?: boolean; children: ReactNode };

/** A group of inputs. `open` is where it starts; afterwards it is the reader's. */
export function Disclosure({ title, summary, open, children }: DisclosureProps) {
  return (
    <details className="group" open={open}>
      <summary>
        <b>{title}</b>
        <ChevronRightIcon />
        <small>{summary}</small>
      </summary>
      <div>{children}</div>
    </details>
  );
}

/** A line that opens to what stands behind a figure or a chart. */
export function DataDisclosure({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <details className="data">
      <summary>{title}</summary>
      {children}
    </details>
  );
}
