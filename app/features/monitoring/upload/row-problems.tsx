/** The rows of a file that could not be taken: where, what stands there, and why not. */
type Props = {
  caption: string;
  heads: { row: string; column: string; value: string; problem: string };
  rows: readonly { row: number; column: string; value: string; message: string }[];
};

export function RowProblems({ caption, heads, rows }: Props) {
  if (rows.length === 0) return null;
  return (
    <div className="tw">
      <table className="t cards dense">
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">{heads.row}</th>
            <th scope="col">{heads.column}</th>
            <th scope="col">{heads.value}</th>
            <th scope="col">{heads.problem}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ row, column, value, message }) => (
            <tr key={`${row} ${column} ${message}`}>
              <th scope="row">{row}</th>
              <td data-l={heads.column}>{column}</td>
              <td data-l={heads.value}>{value}</td>
              <td className="all">{message}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
