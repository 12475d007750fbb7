/** Names of sources as people read them, with links to where each can be checked. */
import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocale } from '#app/platform/i18n/use-language.ts';
import { createFormat } from '#app/ui/format.ts';
import { type NamedSource, readSourceName } from './source-names.ts';

/** A private character of Unicode: it stands in no sentence. */
const MARK = '\uE000';

function useWords() {
  const { t } = useTranslation('market');
  const format = createFormat(useLocale());
  const sayDays = (text: string, { from, to }: NamedSource) =>
    from !== null
      ? t('sourceDays.from', { name: text, date: format.date(from) })
      : to !== null
        ? t('sourceDays.to', { name: text, date: format.date(to) })
        : text;
  return { format, sayDays, sayName: ({ key, name }: NamedSource) => (key === null ? name : t(`sourceName.${key}`)) };
}

/** Says the sources of a stable name in words, for where no link may stand. */
export function useSaySources(): (source: string) => string {
  const { format, sayDays, sayName } = useWords();
  return (source) => format.list(readSourceName(source).map((one) => sayDays(sayName(one), one)));
}

/** The sources of a stable name. `url`: where the caller knows a better place than the list. */
export function SourceNames({ source, url = null }: { source: string; url?: string | null }) {
  const { format, sayDays, sayName } = useWords();
  const named = readSourceName(source);
  const links = named.map((one) => {
    const href = url ?? one.url;
    const name = sayName(one);
    if (href === null) return sayDays(name, one);
    const link = (
      <a className="in-text" href={href} rel="noreferrer">
        {name}
      </a>
    );
    return fill(sayDays(MARK, one), link);
  });
  return fillEach(format.list(named.map(() => MARK)), links);
}

/** A sentence with the sources of a name in it: `say` is handed what stands for them. */
export function Sourced({ source, say }: { source: string; say: (sources: string) => string }) {
  return fill(say(MARK), <SourceNames source={source} />);
}

const fill = (text: string, node: ReactNode) => fillEach(text, [node]);

/** The text with a node for each mark. */
function fillEach(text: string, nodes: readonly ReactNode[]): ReactNode {
  const [first, ...rest] = text.split(MARK);
  return (
    <>
      {first}
      {rest.map((after, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: places of one sentence, which never change places
        <Fragment key={index}>
          {nodes[index]}
          {after}
        </Fragment>
      ))}
    </>
  );
}
