/** Whether the rows of errors.yaml agree with each other and with the operations they name. */
import type { ErrorRow } from '#shared/error-row.ts'
import type { Operation } from '../bank.ts'
import { type CheckedBank, hint, repeated } from './checked-bank.ts'
import type { Problem } from './problem.ts'
import { recipeProblems } from './recipe-problems.ts'

/** A status as OpenAPI may document it: by itself, by its hundreds, or by `default`. */
function documents({ responses }: Operation, http: number): boolean {
  const forms = [String(http), `${Math.floor(http / 100)}XX`, 'default']
  return responses.some(({ status }) => forms.includes(status))
}

function operationProblems(row: ErrorRow, { bank, operationIds }: CheckedBank): [path: string, message: string][] {
  const unknown = row.operations
    .filter((id) => !operationIds.has(id))
    .map((id): [string, string] => [
      'operations',
      `names the operation ${id}, which openapi.yaml does not have. ${hint(id, operationIds)}`,
    ])
  const undocumented = bank.operations
    .filter((operation) => row.operations.includes(operation.id) && !documents(operation, row.http))
    .map((operation): [string, string] => [
      'http',
      `has status ${row.http}, which ${operation.id} does not document. Add the response in openapi.yaml, or take the operation from the row.`,
    ])
  const shown = row.operations.includes(row.reproduce.operation)
  const elsewhere: [string, string] = [
    'reproduce/operation',
    `is shown with ${row.reproduce.operation}, which is not among its operations. ${hint(row.reproduce.operation, row.operations)}`,
  ]
  return [...unknown, ...undocumented, ...(shown ? [] : [elsewhere])]
}

export function errorRowProblems(checked: CheckedBank): Problem[] {
  const rows = checked.bank.errors
  const ids = rows.map((row) => row.id)
  const file = 'errors.yaml'
  const twice = repeated(ids).map(({ value, index }) => ({
    message: `The id ${value} is given to more than one row. Give each its own.`,
    file,
    place: `#/${index}/id`,
  }))
  const others = rows.flatMap((row, index) => {
    const { id, duplicateOf, topic, meaning } = row
    const found: [path: string, message: string][] = operationProblems(row, checked)
    if (duplicateOf !== undefined && (duplicateOf === id || !ids.includes(duplicateOf))) {
      found.push(['duplicateOf', `repeats the row ${duplicateOf}, which is no other row. ${hint(duplicateOf, ids)}`])
    }
    if (topic === undefined)
      found.push(['topic', 'has no topic. Choose the one under which other banks have the same fault.'])
    if (meaning === undefined) found.push(['meaning', 'has no meaning. Say in a sentence what the bank says with it.'])
    for (const [path, message] of recipeProblems(row, checked))
      found.push([`reproduce/recipe/${path}`, `has a recipe that ${message}`])
    return found.map(([path, message]) => ({ message: `Row ${id} ${message}`, file, place: `#/${index}/${path}` }))
  })
  return [...twice, ...others]
}
