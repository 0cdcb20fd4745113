/** Whether the assumptions of bank.yaml name what exists, and whether what names an assumption finds it. */
import type { Adjustment } from '#shared/bank-environment.ts'
import { sourceNames } from '#shared/bank-profile.ts'
import { type CheckedBank, declaredParameters, hint, repeated } from './checked-bank.ts'
import { inside, type Json, objectOf, textOf, walk } from './json-document.ts'
import type { Problem } from './problem.ts'

const at = (message: string, ...path: readonly PropertyKey[]): Problem => ({
  message,
  file: 'bank.yaml',
  place: inside('#', 'assumptions', ...path),
})

/** What an adjustment changes does not exist: a word for it and the names that do. */
function adjusts(
  adjustment: Adjustment,
  checked: CheckedBank,
): { name: string; known: readonly string[]; what: string } | null {
  const { bank } = checked
  switch (adjustment.what) {
    case 'url':
    case 'certificate':
      return { name: adjustment.host, known: Object.keys(bank.profile.hosts), what: 'host' }
    case 'parameter':
      return { name: adjustment.parameter, known: declaredParameters(checked), what: 'parameter' }
    case 'path':
      return { name: adjustment.operation, known: [...checked.operationIds], what: 'operation' }
    case 'schema':
      return { name: adjustment.schema, known: Object.keys(objectOf(bank.components.schemas as Json)), what: 'schema' }
    case 'signing':
      return null
  }
}

/** Assumptions an entry of openapi.yaml says it was decided by. */
function decidedByNobody({ files, bank }: CheckedBank): Problem[] {
  const ids = bank.profile.assumptions.map(({ id }) => id)
  const problems: Problem[] = []
  walk(files.openapi, (entry, place) => {
    const id = textOf(entry['x-tpp-assumption'])
    if (id === null || ids.includes(id)) return
    const message = `The assumption ${id} is not in bank.yaml. ${hint(id, ids)}`
    problems.push({ message, file: 'openapi.yaml', place: inside(place, 'x-tpp-assumption') })
  })
  return problems
}

export function assumptionProblems(checked: CheckedBank): Problem[] {
  const { assumptions } = checked.bank.profile
  const known = [...checked.operationIds]
  const each = assumptions.flatMap(({ id, text, reason, operations, adjust }, index) => {
    const blank = [text, reason].some((words) => words.trim() === '')
    const unknown = operations === 'all' ? [] : operations.filter((name) => !checked.operationIds.has(name))
    const targets = adjust.flatMap((adjustment, which) => {
      const target = adjusts(adjustment, checked)
      if (target === null || target.known.includes(target.name)) return []
      const message = `Assumption ${id} adjusts the ${target.what} ${target.name}, which the bank does not have. ${hint(target.name, target.known)}`
      return [at(message, index, 'adjust', which)]
    })
    return [
      ...(blank ? [at(`Assumption ${id} needs a text and a reason.`, index)] : []),
      ...unknown.map((name) =>
        at(
          `Assumption ${id} names the operation ${name}, which openapi.yaml does not have. ${hint(name, known)}`,
          'assumptions',
          index,
          'operations',
        ),
      ),
      ...targets,
    ]
  })
  return [
    ...repeated(assumptions.map(({ id }) => id)).map(({ value, index }) =>
      at(`The id ${value} is given to more than one assumption. Give each its own.`, index, 'id'),
    ),
    ...each,
    ...decidedByNobody(checked),
  ]
}

/** Whether every word for where something comes from is one that the window explains. */
export function sourceProblems({ files }: CheckedBank): Problem[] {
  const problems: Problem[] = []
  walk(files.openapi, (entry, place) => {
    const source = entry['x-tpp-source']
    if (source === undefined || sourceNames.some((name) => name === source)) return
    const message = `${JSON.stringify(source)} is no source. ${hint(textOf(source) ?? '', sourceNames)}`
    problems.push({ message, file: 'openapi.yaml', place: inside(place, 'x-tpp-source') })
  })
  return problems
}
