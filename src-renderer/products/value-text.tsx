/** One value of a bank's data in words; the way it was written is its title. */
import type { ReactNode } from 'react'
import type { Json } from '../forms/json-value.ts'
import { localMoment } from '../ui/local-time.ts'
import { isMoment, wordsOfCode } from './words.ts'

/** @param language BCP 47, of texts that are written for customers */
export function valueText(value: Json | undefined, language: string | undefined, percent = false): ReactNode {
  if (value === undefined || value === null) return null
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return percent ? `${value} %` : String(value)
  if (typeof value !== 'string') return <span className="font-mono text-sm">{JSON.stringify(value)}</span>
  if (percent) return `${value} %`
  if (isMoment(value)) return <span title={value}>{localMoment(value)}</span>
  const words = wordsOfCode(value)
  return words === null ? <span lang={language}>{value}</span> : <span title={value}>{words}</span>
}
