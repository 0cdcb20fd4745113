/** The first rows of a list of fields, and the rest on demand: typing has to stay quick where a bank has hundreds. */
import { type ReactNode, useState } from 'react'
import { Button } from '../ui/button.tsx'
import { useSoughtField } from './banks-view.ts'

const most = 100

export function FirstRows<Item>({
  items,
  fieldOf,
  children,
}: {
  readonly items: readonly Item[]
  /** A field somebody is led to is among the rows wherever it stands. */
  readonly fieldOf: (item: Item) => string
  readonly children: (shown: readonly Item[]) => ReactNode
}) {
  const [all, setAll] = useState(false)
  const { field } = useSoughtField()
  const isSought = (item: Item) => field === fieldOf(item) || field?.startsWith(`${fieldOf(item)}.`) === true
  const shown = all ? items : items.filter((item, at) => at < most || isSought(item))
  if (items.length === 0) return null
  return (
    <>
      {children(shown)}
      {shown.length < items.length && (
        <Button className="w-fit" onClick={() => setAll(true)}>
          Show all {items.length}
        </Button>
      )}
    </>
  )
}
