/** Header fields in the order they went over the wire. */

export function HeaderTable({
  caption,
  headers,
}: {
  readonly caption: string
  readonly headers: readonly (readonly [string, string])[]
}) {
  return (
    <table className="w-full table-fixed border-collapse">
      <caption className="h-7 px-3 text-left leading-7 font-semibold">
        {caption} <span className="font-normal text-muted">{headers.length}</span>
      </caption>
      <colgroup>
        <col className="w-56 max-xl:w-44" />
        <col />
      </colgroup>
      <thead className="sr-only">
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Value</th>
        </tr>
      </thead>
      <tbody className="font-mono text-sm">
        {headers.map(([name, value], at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a header may come twice; the list is fixed
          <tr key={`${at} ${name}`} className="border-t border-line align-top">
            <th scope="row" className="px-3 py-1 text-left font-normal wrap-anywhere text-muted">
              {name}
            </th>
            <td className="px-3 py-1 wrap-anywhere">{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
