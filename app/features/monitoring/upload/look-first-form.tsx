/** The form of a page that takes a file for a site: first looked at, then carried out as it was seen. Works without script, where the file is chosen once more to confirm. */
import type { FetcherWithComponents } from '@remix-run/react';
import type { ReactNode } from 'react';
import { SelectField } from '#app/features/monitoring/fields.tsx';
import { CsrfField } from '#app/ui/csrf-field.tsx';

type Props = {
  fetcher: FetcherWithComponents<unknown>;
  sites: readonly { id: string; name: string }[];
  siteId: string;
  /** Endings of the names of files that can be read, for the browser's dialog. */
  accept: string;
  words: { site: string; file: string; fileHint: string; look: string; working: string; again: string };
  /** What carrying it out is called, and the digest of what was seen; null: there is nothing to carry out. */
  take: { digest: string; label: string } | null;
  /** What can be said about the file before it is looked at again. */
  children: ReactNode;
};

export function LookFirstForm({ fetcher, sites, siteId, accept, words, take, children }: Props) {
  // An answer that is here is worked with at once; what the page reads anew behind it keeps nobody waiting.
  const isBusy = fetcher.state === 'submitting';
  return (
    <fetcher.Form method="post" encType="multipart/form-data" className="fleet-form">
      <CsrfField />
      <SelectField name="siteId" label={words.site} value={siteId}>
        {sites.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <div className="field one">
        <label htmlFor="file">{words.file}</label>
        <input id="file" name="file" type="file" accept={accept} required aria-describedby="file-hint" />
        <div className="hint" id="file-hint">
          <span>{words.fileHint}</span>
        </div>
      </div>
      {children}
      <div className="acts wide-row">
        <button type="submit" className={take === null ? 'btn main' : 'btn'} disabled={isBusy}>
          {isBusy ? words.working : words.look}
        </button>
        {take === null ? null : (
          <button type="submit" name="digest" value={take.digest} className="btn main" disabled={isBusy}>
            {take.label}
          </button>
        )}
      </div>
      {take === null ? null : <p className="small mute noscript-only">{words.again}</p>}
    </fetcher.Form>
  );
}
