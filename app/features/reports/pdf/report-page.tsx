/** A report as a document for paper: cover, contents, the answer, one finding a page, what it rests on, and the annexes. Pure mark-up; the styles are report-style.ts. */
import { HTML_LANG } from '#app/platform/i18n/languages.ts';
import { createFormat, type Format } from '#app/ui/format.ts';
import type { Cell, ReportDocument, Section, Table } from '../model/document.ts';
import { ChartSvg } from './chart-svg.tsx';

export type ReportPageProps = {
  document: ReportDocument;
  /** Address of the style sheet. */
  styleUrl: string;
  /** Page on which each part begins, by its id; a part that is not known yet has no number. */
  pageOf: Readonly<Record<string, number>>;
};

const ANSWER = 'answer';

/** First letters of the words, two at most: a mark where there is no logo. */
export function toInitials(name: string): string {
  const words = name
    .trim()
    .split(/[\s·:：]+/)
    .filter(Boolean);
  const letters = words.map((word) => [...word][0] ?? '').slice(0, 2);
  return letters.join('').toUpperCase();
}

export function ReportPage({ document, styleUrl, pageOf }: ReportPageProps) {
  const format = createFormat(document.language);
  const annexes = document.listAnnexes();
  const parts = [...document.sections, document.assumptions, document.market, ...annexes];
  return (
    <html lang={HTML_LANG[document.language]}>
      <head>
        <meta charSet="utf-8" />
        <title>{document.title}</title>
        <meta name="author" content={document.workspace ?? 'HashInsight'} />
        <link rel="stylesheet" href={styleUrl} />
      </head>
      <body>
        <header className="cover">
          {document.logo === null ? (
            <div className="mark" aria-hidden="true">
              {toInitials(document.workspace ?? 'HashInsight')}
            </div>
          ) : (
            // The name stands below it.
            <img className="logo" src={document.logo.dataUri} alt="" />
          )}
          <p className="owner">{document.workspace ?? 'HashInsight'}</p>
          <h1>{document.title}</h1>
          <p className="finding">
            <Unbroken text={document.headline} />
          </p>
          <p className="about">{document.subtitle}</p>
          <div className="imprint">
            <p>{document.preparedFor}</p>
            <p>{document.madeText}</p>
          </div>
        </header>
        <nav className="contents" aria-labelledby="contents">
          <h2 id="contents">{document.contentsTitle}</h2>
          <ol>
            {[{ id: ANSWER, title: `${document.answerTitle}: ${document.headline}` }, ...parts].map(({ id, title }) => (
              <li key={id}>
                <a href={`#${id}`}>
                  <span>{title}</span>
                  <span className="dots" />
                  <span className="number">{pageOf[id] ?? ''}</span>
                </a>
              </li>
            ))}
          </ol>
          <p className="fine">{document.note}</p>
          <p className="fine">{document.engineNote}</p>
        </nav>
        <main>
          <section id={ANSWER} className="part">
            <h2>
              <Unbroken text={document.headline} />
            </h2>
            <p className="lead">{document.subtitle}</p>
            <dl className="figures">
              {document.figures.map(({ id, label, text, basis, tone }) => (
                <div key={id}>
                  <dt>{label}</dt>
                  <dd className={`value ${tone}`}>{text}</dd>
                  <dd className="basis">{basis}</dd>
                </div>
              ))}
            </dl>
          </section>
          {parts.map((section) => (
            <Part key={section.id} section={section} format={format} isLong={annexes.some(({ id }) => id === section.id)} />
          ))}
        </main>
      </body>
    </html>
  );
}

/** A sign and its amount: a line may break between a minus and a dollar, and then the one is read without the other. */
const SIGNED_AMOUNT = /([+−][$¥]?\d[\d,.]*%?)/;

function Unbroken({ text }: { text: string }) {
  // The amounts stand at odd places.
  return text.split(SIGNED_AMOUNT).map((piece, place) =>
    place % 2 === 0 ? (
      piece
    ) : (
      <span className="amount" key={`${place} ${piece}`}>
        {piece}
      </span>
    ),
  );
}

function Part({ section, format, isLong }: { section: Section; format: Format; isLong: boolean }) {
  const { id, title, lead, chart, table } = section;
  return (
    <section id={id} className={isLong ? 'part annex' : 'part'}>
      <h2>
        <Unbroken text={title} />
      </h2>
      <p className="lead">{lead}</p>
      {chart === null ? null : <ChartSvg chart={chart} format={format} />}
      {table === null ? null : <DataTable table={table} />}
    </section>
  );
}

function toClass({ shade = 0 }: Cell): string | undefined {
  if (shade === 0) return undefined;
  return shade > 0 ? `g${Math.min(4, shade)}` : `l${Math.min(4, -shade)}`;
}

function DataTable({ table }: { table: Table }) {
  const { columns, rows } = table;
  return (
    <table>
      <thead>
        <tr>
          {columns.map(({ label, kind }) => (
            <th key={label} scope="col" className={kind === 'number' ? 'n' : undefined}>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, line) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows may repeat and never move
          <tr key={line}>
            {columns.map(({ label, kind }, place) => {
              const cell = row[place];
              if (cell === undefined) return null;
              const names = [kind === 'number' ? 'n' : '', toClass(cell) ?? ''].filter(Boolean).join(' ');
              return (
                <td key={label} className={names || undefined}>
                  {cell.text}
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
