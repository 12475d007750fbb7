// Icons: 16-pixel strokes in the colour of the text. Decoration beside words; an icon alone needs a label on its button.

type IconProps = { className?: string };

function createIcon(path: string) {
  return function Icon({ className }: IconProps) {
    return (
      <svg className={className ? `ico ${className}` : 'ico'} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
        <path d={path} />
      </svg>
    );
  };
}

export const ChevronRightIcon = createIcon('M6 3.5 10.5 8 6 12.5');
export const ChevronDownIcon = createIcon('m4 6 4 4 4-4');
export const LinkIcon = createIcon(
  'M6.8 9.2a2.6 2.6 0 0 0 3.7 0l2.2-2.2A2.6 2.6 0 0 0 9 3.3l-.9.9M9.2 6.8a2.6 2.6 0 0 0-3.7 0L3.3 9A2.6 2.6 0 0 0 7 12.7l.900-.900',
);
export const DownloadIcon = createIcon('M8 2.5v7.5M4.5 7 8 10.5 11.5 7M3 13.5h10');
export const CopyIcon = createIcon('M5.5 5.5V3h7.5v7.5h-2.5M3 5.5h7.5V13H3z');
export const CheckIcon = createIcon('m3.5 8.5 3 3 6-7');
export const InfoIcon = createIcon('M8 7.5v3.5M8 5h.01M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0z');

/** The mark of the product: four bars of a hash rate chart. */
export function BrandMark() {
  return (
    <svg viewBox="0 0 18 18" aria-hidden="true" focusable="false">
      <path d="M1 17V9h3v8zM5.5 17V1h3v16zM10 17V6h3v11zM14.5 17v-6H17v6z" />
    </svg>
  );
}
