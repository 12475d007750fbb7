/** What a link shows that was withdrawn, replaced, mistyped, or whose list was deleted: nobody is told which. */
import { PATHS } from '#app/paths.ts';
import { useListTexts } from './list-parts.tsx';

export function SharedGonePage() {
  const { t } = useListTexts();
  return (
    <main className="page lists">
      <section className="list-gone" aria-labelledby="gone">
        <h1 id="gone">{t('gone.title')}</h1>
        <p className="measure mute">{t('gone.happened')}</p>
        <p className="measure mute">{t('gone.todo')}</p>
        <p className="acts">
          <a className="btn main" href={PATHS.batch}>
            {t('gone.own')}
          </a>
        </p>
      </section>
    </main>
  );
}
