/** The logo on the covers of a workspace's reports: what it is now, and for whoever may change it the form. */
import { useTranslation } from 'react-i18next';
import { PATHS } from '#app/paths.ts';
import { useLocale } from '#app/platform/i18n/use-language.ts';
import { CsrfField } from '#app/ui/csrf-field.tsx';
import { createFormat } from '#app/ui/format.ts';
import { LOGO_MEDIA_TYPES, LOGO_SIDE_PX, MAX_LOGO_BYTES } from './logo-image.ts';

const BYTES_PER_KIB = 1024;

/** The figures that the words of this part name. */
export function useLogoBounds() {
  const format = createFormat(useLocale());
  return {
    kib: format.integer(MAX_LOGO_BYTES / BYTES_PER_KIB),
    min: format.integer(LOGO_SIDE_PX.min),
    max: format.integer(LOGO_SIDE_PX.max),
  };
}

export function LogoPart({ workspace, hasLogo }: { workspace: string; hasLogo: boolean }) {
  const { t } = useTranslation('reports');
  const bounds = useLogoBounds();
  return (
    <section className="logo-part" aria-labelledby="logo">
      <h2 id="logo">{t('logo.title')}</h2>
      <p className="measure mute">{t('logo.lead', bounds)}</p>
      {hasLogo ? (
        <img className="logo-now" src={PATHS.reportLogo} alt={t('logo.alt', { workspace })} />
      ) : (
        <p className="dim">{t('logo.none')}</p>
      )}
      <form method="post" action={PATHS.reports} encType="multipart/form-data" className="acts">
        <CsrfField />
        <input type="hidden" name="intent" value="logo" />
        <label htmlFor="logo-file">{t('logo.file')}</label>
        <input id="logo-file" type="file" name="logo" accept={LOGO_MEDIA_TYPES.join(',')} required />
        <button type="submit" className="btn sm">
          {t(hasLogo ? 'logo.replace' : 'logo.set')}
        </button>
      </form>
      {hasLogo ? (
        <form method="post" action={PATHS.reports}>
          <CsrfField />
          <input type="hidden" name="intent" value="no-logo" />
          <button type="submit" className="btn sm">
            {t('logo.remove')}
          </button>
        </form>
      ) : null}
    </section>
  );
}
