/** Many parameters in an order that can be used: what is required, what has a value, and the rest apart. */
import type { ParameterView } from '#shared/contract/banks.ts'
import { hasWords } from '../ui/matching-parts.ts'
import { isFilledWhenEmpty } from './parameter-problem.ts'

export interface ParameterGroups {
  /** What a person must fill in, then what else is required, then what has a value; each in the document's order. */
  readonly first: readonly ParameterView[]
  readonly rest: readonly ParameterView[]
}

/** As many are shown without folding any. */
export const fewAtMost = 8

/** @param values by name; one that is typed later does not move its row, so the groups are made once. */
export function groupParameters(
  parameters: readonly ParameterView[],
  values: Readonly<Record<string, string>>,
): ParameterGroups {
  const filled = (parameter: ParameterView) => (values[parameter.name] ?? '') !== '' || isFilledWhenEmpty(parameter)
  const all = parameters.filter((parameter) => parameter.required)
  const required = [...all.filter((each) => !isFilledWhenEmpty(each)), ...all.filter(isFilledWhenEmpty)]
  const optional = parameters.filter((parameter) => !parameter.required)
  if (parameters.length <= fewAtMost) return { first: [...required, ...optional], rest: [] }
  return {
    first: [...required, ...optional.filter(filled)],
    rest: optional.filter((parameter) => !filled(parameter)),
  }
}

/** By name, description, and values to pick from. */
export const filterParameters = (parameters: readonly ParameterView[], words: readonly string[]): ParameterView[] =>
  parameters.filter(({ name, wireName, description, enum: values }) =>
    hasWords(`${name} ${wireName} ${description} ${values.join(' ')}`, words),
  )
