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

export type DataDisclosureProps = {
  title: ReactNode;
  /** Tells when it is opened and closed, for what is too large to be written before somebody looks. */
  onOpen?: (isOpen: boolean) => void;
  children: ReactNode;
};

/** A line that opens to what stands behind a figure or a chart. */
export function DataDisclosure({ title, onOpen, children }: DataDisclosureProps) {
  return (
    <details className="data" onToggle={(event) => onOpen?.(event.currentTarget.open)}>
      <summary>{title}</summary>
      {children}
    </details>
  );
}
