/** A few figures in one line that repeat what stands elsewhere, to be kept in sight: hidden from readers. */
export function MiniFigures({ className, figures }: { className: string; figures: readonly { label: string; value: string }[] }) {
  return (
    <div className={className} aria-hidden="true">
      {figures.map(({ label, value }) => (
        <span key={label}>
          <small>{label}</small>
          <b>{value}</b>
        </span>
      ))}
    </div>
  );
}
