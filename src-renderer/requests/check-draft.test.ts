/** Everything that breaks the schema is known place by place, in the order the engine says it. */
import { expect, it } from 'vitest'
import type { OperationDetail } from '#shared/contract/banks.ts'
import type { DraftInput } from '#shared/contract/requests.ts'
import { Fault } from '#shared/fault.ts'
import { checkDraft } from './check-draft.ts'

const draft: DraftInput = { bank: 'b', operation: 'o', parameters: {}, body: '{"a": 1}', insist: false }
const detail = {
  parameters: [
    { name: 'X-ID', required: true, example: 'example-id', enum: [] },
    { name: 'kind', required: true, example: null, enum: ['one', 'two'] },
    { name: 'optional', required: false, example: 'not used', enum: [] },
  ],
} as unknown as OperationDetail

const request = { method: 'POST', url: 'https://bank.example/', headers: [], body: null }
const missing = (name: string) =>
  new Fault('PARAMETER_MISSING', `o needs the header parameter "${name}".`, { parameter: name })
const badBody = new Fault('BODY_INVALID', 'The body does not fit the schema: /a must be string.', {
  problems: [{ pointer: '/a', message: 'must be string' }],
})
const invalid = (message: string) => ({ id: 'parameter-invalid', severity: 'error' as const, message })

/** An engine that refuses in its own order: parameters, then the body, then whatever stands in the way. */
function engine({ parameters = true, body = true, way = null as Fault | null }) {
  const asked: DraftInput[] = []
  const ask = (input: DraftInput) => {
    asked.push(input)
    const complete = input.parameters?.['X-ID'] === 'example-id' && input.parameters.kind === 'one'
    if (!parameters && !complete && input.insist !== true) return Promise.reject(missing('X-ID'))
    if (!body && input.insist !== true) return Promise.reject(badBody)
    if (way !== null && input.identity !== 'none') return Promise.reject(way)
    const findings =
      input.insist === true && !parameters
        ? [
            invalid('The parameter "X-ID" must match format "uuid" (given: "x).").'),
            invalid('o needs the header parameter "kind".'),
          ]
        : []
    return Promise.resolve({ operation: 'o', request, findings })
  }
  return { asked, ask: ask as unknown as Parameters<typeof checkDraft>[0] }
}

it('asks once where nothing is wrong', async () => {
  const { ask, asked } = engine({})
  expect(await checkDraft(ask, draft, detail)).toMatchObject({ request, fault: null, obstacle: null, body: [] })
  expect(asked).toHaveLength(1)
})

it('names every parameter, and says what is wrong with the body although its turn never came', async () => {
  const { ask } = engine({ parameters: false, body: false })
  const check = await checkDraft(ask, draft, detail)
  expect(check.fault?.code).toBe('PARAMETER_MISSING')
  expect(check.obstacle).toBeNull()
  expect(check.request).toEqual(request)
  expect(check.parameters).toMatchObject({
    'X-ID': 'o needs the header parameter "X-ID".',
    kind: 'o needs the header parameter "kind".',
  })
  expect(check.body).toEqual([{ pointer: '/a', message: 'must be string' }])
})

it('leaves out of a sentence what stands beside it: name and value', async () => {
  const { ask } = engine({ parameters: false })
  const check = await checkDraft(ask, { ...draft, insist: true }, detail)
  expect(check.parameters['X-ID']).toBe('must match format "uuid"')
})

it('takes the places of the body from the fault itself, without asking again', async () => {
  const { ask, asked } = engine({ body: false })
  const check = await checkDraft(ask, draft, detail)
  expect(check.body).toEqual([{ pointer: '/a', message: 'must be string' }])
  expect(asked).toHaveLength(2)
})

it('says what would stop it all the same', async () => {
  const way = new Fault('GRANT_MISSING', 'There is no grant.')
  expect(await checkDraft(engine({ way }).ask, draft, detail)).toMatchObject({ fault: way, obstacle: way })
  const check = await checkDraft(engine({ way, body: false }).ask, draft, detail)
  expect(check.fault).toBe(badBody)
  expect(check.obstacle).toBe(way)
  expect(check.request).toBeNull()
})
