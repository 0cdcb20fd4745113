/** What is certainly wrong with a parameter's value, before the engine says it. */
import type { ParameterView } from '#shared/contract/banks.ts'

type Rule = (parameter: ParameterView, value: string) => string | null

const count = (text: string): number => [...text].length
const characters = (number: number): string => `${number} ${number === 1 ? 'character' : 'characters'}`

const allowed: Rule = ({ enum: values }, value) =>
  values.length > 0 && !values.includes(value) ? 'not one of the allowed values' : null

const pattern: Rule = ({ pattern: text }, value) => {
  if (text === null) return null
  try {
    return new RegExp(text, 'u').test(value) ? null : 'does not match the pattern'
  } catch {
    return null
  }
}

const length: Rule = ({ minLength, maxLength }, value) => {
  if (minLength !== null && count(value) < minLength) return `shorter than ${characters(minLength)}`
  return maxLength !== null && count(value) > maxLength ? `longer than ${characters(maxLength)}` : null
}

const range: Rule = ({ minimum, maximum, type }, value) => {
  if (!/^(integer|number)/.test(type)) return null
  if (!/^-?\d+(\.\d+)?$/.test(value)) return 'not a number'
  if (type.startsWith('integer') && value.includes('.')) return 'not a whole number'
  if (minimum !== null && Number(value) < minimum) return `less than ${minimum}`
  return maximum !== null && Number(value) > maximum ? `more than ${maximum}` : null
}

const rules: readonly Rule[] = [allowed, pattern, length, range]

/** Whether something is sent although the field is empty. */
export const isFilledWhenEmpty = ({ computed, value }: ParameterView): boolean => computed !== null || value !== null

/** null when nothing is certain; an empty value is judged by `isMissing`. */
export function problemOf(parameter: ParameterView, value: string): string | null {
  if (value === '') return null
  for (const rule of rules) {
    const problem = rule(parameter, value)
    if (problem !== null) return problem
  }
  return null
}

export const isMissing = (parameter: ParameterView, value: string): boolean =>
  parameter.required && value === '' && !isFilledWhenEmpty(parameter)
