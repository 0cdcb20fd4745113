/** Places the statuses of an application in columns, by how many steps lead to each; the arrows follow from the places. */

export interface Transition {
  readonly from: string
  readonly to: string
  readonly by: string
}

export interface PlacedState {
  readonly code: string
  readonly column: number
  readonly row: number
}

export interface StateLayout {
  readonly states: readonly PlacedState[]
  readonly columns: number
  readonly rows: number
}

/** Statuses nothing leads to stand in the first column, below its own. */
export function layoutStates(codes: readonly string[], start: string, transitions: readonly Transition[]): StateLayout {
  const columnOf = new Map([[start, 0]])
  const queue = [start]
  for (let code = queue.shift(); code !== undefined; code = queue.shift()) {
    for (const { from, to } of transitions) {
      if (from !== code || columnOf.has(to)) continue
      columnOf.set(to, columnOf.get(code)! + 1)
      queue.push(to)
    }
  }
  const used = new Map<number, number>()
  const reached = [...columnOf.keys()].filter((code) => codes.includes(code))
  const states = [...reached, ...codes.filter((code) => !columnOf.has(code))].map((code): PlacedState => {
    const column = columnOf.get(code) ?? 0
    const row = used.get(column) ?? 0
    used.set(column, row + 1)
    return { code, column, row }
  })
  return {
    states,
    columns: Math.max(0, ...states.map(({ column }) => column)) + 1,
    rows: Math.max(0, ...states.map(({ row }) => row)) + 1,
  }
}

export const box = { width: 164, height: 44, gap: 36, lane: 28 } as const

export const leftOf = ({ column }: PlacedState): number => 1 + column * (box.width + box.gap)
export const topOf = ({ row }: PlacedState): number => 1 + row * (box.height + box.lane)

/** An SVG path from one box to another: to the right from side to side, back by the lower edge. */
export function arrowPath(from: PlacedState, to: PlacedState): string {
  const middle = (state: PlacedState) => topOf(state) + box.height / 2
  if (to.column > from.column) {
    const [x1, x2] = [leftOf(from) + box.width, leftOf(to)]
    const bend = (x1 + x2) / 2
    return `M ${x1} ${middle(from)} C ${bend} ${middle(from)} ${bend} ${middle(to)} ${x2} ${middle(to)}`
  }
  const foot = leftOf(to) + box.width / 2
  const below = topOf(to) + box.height
  return `M ${leftOf(from)} ${middle(from) + 8} C ${foot} ${middle(from) + 8} ${foot} ${middle(from)} ${foot} ${below}`
}
