/** Entries of one list of a product as a table: a column for every member one of them has, whatever the bank calls it. */
import type { ReactNode } from 'react'
import type { JsonObject } from '../forms/json-value.ts'
import { valueText } from './value-text.tsx'
import { wordsOfName } from './words.ts'

export interface EntryColumn {
  readonly id: string
  readonly head: string
  readonly end?: boolean
  readonly cell: (entry: JsonObject) => ReactNode
}

/** Members that no entry fills are left out; they stand in the answer below. */
export function memberColumns(
  entries: readonly JsonObject[],
  {
    without = [],
    percent = [],
    language,
  }: { without?: readonly string[]; percent?: readonly string[]; language?: string },
): readonly EntryColumn[] {
  const names = new Set(entries.flatMap((entry) => Object.keys(entry)))
  return [...names]
    .filter(
      (name) => !without.includes(name) && entries.some((entry) => entry[name] !== null && entry[name] !== undefined),
    )
    .map((name) => ({
      id: name,
      head: wordsOfName(name),
      end: entries.every((entry) => typeof (entry[name] ?? 0) === 'number'),
      cell: (entry) => valueText(entry[name], language, percent.includes(name)),
    }))
}

/** Columns that fit side by side; with more of them a few entries are told one below the other. */
const besides = 6
const fewEntries = 3

interface Shown {
  readonly label: string
  readonly columns: readonly EntryColumn[]
  readonly entries: readonly JsonObject[]
}

function Upright({ label, columns, entries }: Shown) {
  return (
    <table aria-label={label} className="w-full border-collapse">
      <tbody>
        {columns.map(({ id, head, cell }) => (
          <tr key={id} className="border-b border-line align-top">
            <th scope="row" title={id} className="w-40 py-1 pr-3 text-left font-normal text-muted">
              {head}
            </th>
            {entries.map((entry, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: entries have no ids and never change places
              <td key={index} className="py-1 pr-3 wrap-anywhere">
                {cell(entry)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

export function EntryTable({ label, columns, entries }: Shown) {
  if (columns.length > besides && entries.length <= fewEntries)
    return <Upright label={label} columns={columns} entries={entries} />
  return (
    <table aria-label={label} className="w-full border-collapse">
      <thead>
        <tr className="border-b border-line text-left align-bottom text-sm text-muted">
          {columns.map(({ id, head, end }) => (
            <th key={id} scope="col" title={id} className={`py-1 pr-3 font-normal ${end === true ? 'text-right' : ''}`}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {entries.map((entry, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: entries have no ids and never change places
          <tr key={index} className="border-b border-line align-top">
            {columns.map(({ id, cell, end }) => (
              <td key={id} className={`py-1 pr-3 wrap-anywhere ${end === true ? 'text-right whitespace-nowrap' : ''}`}>
                {cell(entry)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
