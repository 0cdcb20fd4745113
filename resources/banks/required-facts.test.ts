/** Every shipped folder against the requirements it was written from: nothing missing, nothing invented, each deviation with its reason. */
import { beforeAll, describe, expect, it } from 'vitest'
import { objectOf } from '#core/banks/check/json-document.ts'
import { type Deviation, deviationsOf, ownDeviations } from '../../test/banks/deviations.ts'
import { type FolderFacts, folderOf } from '../../test/banks/folder-facts.ts'
import {
  type Fact,
  type Facts,
  type RequiredOperation,
  type RequiredRow,
  requiredFields,
  requiredOperations,
  requiredParameters,
  requiredRows,
  saying,
  sourceOf,
} from '../../test/banks/required-facts.ts'

const systems = [
  { system: 'ica-banken', operations: 22, errors: 44 },
  { system: 'bank-of-georgia', operations: 28, errors: 77 },
  { system: 'salt-edge', operations: 6, errors: 9 },
  { system: 'payex-ledger', operations: 32, errors: 11 },
  { system: 'sparebank1', operations: 1, errors: 24 },
]

/** Entries the requirements name without saying what is inside; there a folder may say more. */
function leaves(facts: Facts): string[] {
  const names = [...facts.keys()]
  return names.filter((name) => !names.some((each) => each.startsWith(`${name}.`)))
}

const comparable = (found: Facts, expected: Record<string, Fact>, open: readonly string[]): Record<string, Fact> =>
  Object.fromEntries([...found].filter(([name]) => name in expected || !open.some((each) => name.startsWith(each))))

describe.each(systems)('$system', ({ system, operations: operationCount, errors: errorCount }) => {
  const required = requiredOperations(system)
  const rows = requiredRows(system)
  let folder: FolderFacts
  beforeAll(() => {
    folder = folderOf(system)
  })
  const byOperation = required.map((operation): [string, RequiredOperation] => [operation.id, operation])

  const unused = new Set<Deviation>(ownDeviations(system))
  /** What is required, with the deviations that the folder has good reasons for. */
  const deviated = (facts: Facts, id: string, part: Deviation['part']): Record<string, Fact> => {
    const here = deviationsOf(system).filter((each) => each.part === part && (each.operations?.test(id) ?? true))
    const result: Record<string, Fact> = {}
    for (const [name, fact] of facts) {
      const change = here.find((each) => 'name' in each && each.name.test(name))
      if (change !== undefined) unused.delete(change)
      const says = change !== undefined && 'says' in change ? change.says : {}
      if (says !== null) result[change && 'called' in change ? change.called : name] = saying({ ...fact, ...says })
    }
    for (const each of here) {
      if (!('adds' in each)) continue
      unused.delete(each)
      Object.assign(result, each.adds)
    }
    return result
  }
  /** Operations that are one in OpenAPI declare their parameters together. */
  const together = (id: string): RequiredOperation[] =>
    required.filter((each) => folder.operations.get(each.id)?.node === folder.operations.get(id)?.node)

  it(`has the ${operationCount} operations, each once, with method and path as printed`, () => {
    expect(required).toHaveLength(operationCount)
    const printed = required.map(({ id, method, path }) => [id, `${method} ${path.replace(/:(\w+)/g, '{$1}')}`])
    const actual = [...folder.operations].map(([id, { method, path }]) => [id, `${method} ${path}`])
    expect(Object.fromEntries(actual)).toEqual(Object.fromEntries(printed))
    expect(actual).toHaveLength(operationCount)
  })

  it.each(byOperation)('%s has exactly the parameters that are required', (id) => {
    const facts: Facts = new Map(together(id).flatMap((operation) => [...requiredParameters(operation)]))
    const expected = deviated(facts, id, 'parameter')
    expect(Object.fromEntries(folder.parameters(id))).toEqual(expected)
  })

  it.each(byOperation)('%s has exactly the request body that is required', (id, { requestBody }) => {
    const { types, fields } = folder.body(id)
    const facts = requiredFields(requestBody?.fields ?? [], requestBody?.enums)
    const expected = deviated(facts, id, 'field')
    // A body whose shape is lost in the document may have any.
    const open = requestBody?.variants === undefined ? leaves(facts).map((name) => `${name}.`) : ['']
    expect(comparable(fields, expected, open)).toEqual(expected)
    const sent =
      requestBody !== null && requestBody.contentType in deviated(new Map([[requestBody.contentType, {}]]), id, 'body')
    expect(types).toEqual(sent ? [requestBody.contentType] : [])
  })

  it.each(byOperation)('%s answers with the required statuses', (id, { responses, errors }) => {
    const listed = [...responses.map(({ status }) => status), ...errors.map(({ http }) => http)]
    const facts: Facts = new Map([...new Set(listed)].map((status) => [String(status), {}]))
    const expected = Object.keys(deviated(facts, id, 'status')).map(Number)
    const statuses = Object.keys(objectOf(folder.operations.get(id)?.node.responses)).map(Number)
    expect(statuses.toSorted()).toEqual(expected.toSorted())
  })

  it.each(byOperation)('%s describes its answers as required', (id, { responses }) => {
    for (const { status, source, fields, enum: values } of responses) {
      const says = deviated(new Map([[String(status), { source: sourceOf(source) }]]), id, 'answer')[String(status)]
      expect(folder.response(id, status)['x-tpp-source'], `${status}`).toBe(says?.source)
      if (values) expect([...folder.answer(id, status).values()].map((fact) => fact.enum)).toContainEqual(values)
      if (!fields) continue
      const facts = requiredFields(fields, undefined)
      const expected = deviated(facts, id, 'answer field')
      const open = leaves(facts).map((name) => `${name}.`)
      expect(comparable(folder.answer(id, status), expected, open)).toEqual(expected)
    }
  })

  it.each(byOperation)('%s can give the answers that are printed', (id, { responses }) => {
    for (const { status, bodyExample } of responses) {
      if (bodyExample === undefined || bodyExample === null) continue
      const expected = deviated(new Map([[String(status), {}]]), id, 'printed answer')[String(status)]
      expect(folder.refusal(id, status, bodyExample).join('; '), String(status)).toBe(expected?.refused ?? '')
    }
  })

  it(`has the ${errorCount} rows of the table, in its order and words`, () => {
    const verbatim = ({
      id,
      area,
      http,
      code,
      title,
      detail,
      duplicateOf,
    }: (typeof folder.rows)[number] | RequiredRow) => saying({ id, area, http, code, title, detail, duplicateOf })
    expect(folder.rows.map(verbatim)).toEqual(rows.map(verbatim))
    expect(folder.rows).toHaveLength(errorCount)
  })

  it('has each row on the operations that are required, from where it is said to come', () => {
    const origin = ({ source, httpSource }: RequiredRow) => (source === 'seed' ? (httpSource ?? 'seed') : source)
    const expected = rows.map((row) => [
      row.id,
      row.operations.toSorted(),
      origin(row) === 'seed' ? undefined : origin(row),
    ])
    const actual = folder.rows.map((row) => [row.id, row.operations.toSorted(), row['x-tpp-source']])
    expect(actual).toEqual(expected)
  })

  it.each(byOperation)('%s can answer with the rows that are required for it', (id, { errors }) => {
    const listed = folder.rows.filter(({ operations }) => operations.includes(id)).map((row) => row.id)
    expect(listed.toSorted()).toEqual(errors.map(({ ref }) => ref).toSorted())
  })

  it('needs every deviation that is listed', () => {
    expect([...unused]).toEqual([])
  })
})

it('is 89 operations and 165 error rows together', () => {
  const folders = systems.map(({ system }) => folderOf(system))
  expect(folders.reduce((sum, { operations }) => sum + operations.size, 0)).toBe(89)
  expect(folders.reduce((sum, { rows }) => sum + rows.length, 0)).toBe(165)
})
