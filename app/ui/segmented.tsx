// One of a few: radio buttons drawn as one bar. Works without script, arrow keys included.

export type SegmentedProps<T extends string> = {
  name: string;
  /** Id of the form the buttons belong to, where they stand outside of it. */
  form?: string;
  /** Names the group for those who cannot see that the parts belong together. */
  legend: string;
  options: readonly { value: T; label: string }[];
  value: T;
  onSelect: (value: T) => void;
  /** As wide as its words instead of the whole line. */
  compact?: boolean;
};

export function Segmented<T extends string>({ name, form, legend, options, value, onSelect, compact }: SegmentedProps<T>) {
  return (
    <fieldset>
      <legend className="vh">{legend}</legend>
      <div className={compact ? 'seg auto sm' : 'seg'}>
        {options.map((option) => (
          <label key={option.value}>
            <input
              type="radio"
              name={name}
              form={form}
              value={option.value}
              checked={option.value === value}
              onChange={() => onSelect(option.value)}
            />
            {option.label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
