/** JSON of a report as plain data whose members are asked for by name: what a stranger named `__proto__` is only a name. */
import { refuseReport, reportLimits } from './report-limits.ts'

const quote = 0x22
const backslash = 0x5c

/** One pass, without recursion; brackets inside strings do not count. */
export function nestsDeeper(text: string, most: number): boolean {
  let depth = 0
  let inString = false
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (inString) {
      if (code === backslash) at += 1
      else if (code === quote) inString = false
    } else if (code === quote) inString = true
    else if (code === 0x7b || code === 0x5b) {
      depth += 1
      if (depth > most) return true
    } else if (code === 0x7d || code === 0x5d) depth -= 1
  }
  return false
}

/** @throws Fault REPORT_REFUSED */
export function readJson(text: string): unknown {
  if (nestsDeeper(text, reportLimits.depth))
    throw refuseReport(`The report nests deeper than ${reportLimits.depth} levels.`, 'Export it again.')
  try {
    return JSON.parse(text)
  } catch {
    throw refuseReport('The report begins like JSON and is none.', 'Copy it whole, from the first brace to the last.')
  }
}

export type Fields = Readonly<Record<string, unknown>>

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A member of its own, never one it inherits. */
export const member = (value: unknown, name: string): unknown =>
  isFields(value) && Object.hasOwn(value, name) ? value[name] : undefined

export const textMember = (value: unknown, name: string): string | null => {
  const found = member(value, name)
  return typeof found === 'string' ? found : null
}

export const listMember = (value: unknown, name: string): readonly unknown[] => {
  const found = member(value, name)
  return Array.isArray(found) ? found : []
}
