/** The switches of a tenant: each turns at once for the eye, and one after the other at the sandbox. */
import { useRef, useState } from 'react'
import type { Fault } from '#shared/fault.ts'
import { api } from '../api.ts'
import { type SwitchRow, turned } from './switch-rows.ts'
import { usePolled } from './use-polled.ts'

/** Milliseconds between two looks. */
const pause = 5000

const keyOf = ({ bank, name }: Pick<SwitchRow, 'bank' | 'name'>): string => `${bank} ${name}`

export function useSwitches(tenant: string) {
  const set = usePolled(
    () => api.sandbox.switches({ tenant }),
    pause,
    (one, other) => JSON.stringify(one) === JSON.stringify(other),
  )
  const [wished, setWished] = useState<ReadonlyMap<string, boolean>>(new Map())
  const [fault, setFault] = useState<Fault | null>(null)
  const queue = useRef(Promise.resolve())
  const write = async (row: SwitchRow, on: boolean) => {
    try {
      // Read again first: a terminal may have switched others meanwhile, and what is sent replaces all.
      const current = await api.sandbox.switches({ tenant })
      await api.sandbox.switches({ tenant, set: turned(current, row.bank, row.name, on) })
      await set.refresh()
      setFault(null)
    } catch (error) {
      setFault(error as Fault)
    }
    setWished((before) => new Map([...before].filter(([key]) => key !== keyOf(row))))
  }
  const isOn = (row: SwitchRow): boolean => wished.get(keyOf(row)) ?? row.on
  const turn = (row: SwitchRow) => {
    const on = !isOn(row)
    setWished((before) => new Map([...before, [keyOf(row), on]]))
    queue.current = queue.current.then(() => write(row, on))
  }
  return { set, fault, isOn, turn }
}
