/** What the engine says of a draft becomes what stands beside its fields; it is asked once. */
import { expect, it } from 'vitest'
import type { CheckedDraft, DraftInput } from '#shared/contract/requests.ts'
import { Fault } from '#shared/fault.ts'
import { checkDraft } from './check-draft.ts'

const draft: DraftInput = { bank: 'b', operation: 'o', parameters: {}, body: '{"a": 1}', insist: false }
const request = { method: 'POST', url: 'https://bank.example/', headers: [], body: null }
const problem = { pointer: '/a', message: 'must be string' }
const missing = {
  code: 'PARAMETER_MISSING',
  message: 'o needs the header parameter "X-ID".',
  details: { parameter: 'X-ID' },
}
const noGrant = { code: 'GRANT_MISSING', message: 'There is no grant.', details: {} }
const invalid = (message: string) => ({ id: 'parameter-invalid', severity: 'error' as const, message })

/** An engine that says one thing, and counts how often it is asked. */
function engine(answer: Partial<CheckedDraft>) {
  const asked: DraftInput[] = []
  const ask = (input: DraftInput): Promise<CheckedDraft> => {
    asked.push(input)
    return Promise.resolve({ request, signature: null, findings: [], fault: null, obstacle: null, body: [], ...answer })
  }
  return { asked, ask: ask as unknown as Parameters<typeof checkDraft>[0] }
}

it.each<[string, Partial<CheckedDraft>]>([
  ['nothing', {}],
  ['parameters and body', { fault: missing, body: [problem], findings: [invalid('The parameter "X-ID" is off.')] }],
  ['what stands in the way', { fault: noGrant, obstacle: noGrant, request: null }],
])('asks once where %s is wrong', async (_, answer) => {
  const { ask, asked } = engine(answer)
  await checkDraft(ask, draft)
  expect(asked).toEqual([draft])
})

it('names every parameter, and what is wrong with the body', async () => {
  const findings = [
    invalid('The parameter "X-ID" must match format "uuid" (given: "x).").'),
    invalid('o needs the header parameter "kind".'),
  ]
  const other = { ...missing, message: 'o needs the header parameter "kind".', details: { parameter: 'kind' } }
  const check = await checkDraft(engine({ fault: other, findings, body: [problem] }).ask, draft)
  expect(check.fault).toBeInstanceOf(Fault)
  expect(check.fault?.code).toBe('PARAMETER_MISSING')
  expect(check.obstacle).toBeNull()
  expect(check.request).toEqual(request)
  // Of a sentence the name and the value are left out: they stand beside it anyway.
  expect(check.parameters).toEqual({
    'X-ID': 'must match format "uuid"',
    kind: 'o needs the header parameter "kind".',
  })
  expect(check.body).toEqual([problem])
})

it('says what would stop it all the same', async () => {
  const check = await checkDraft(engine({ fault: noGrant, obstacle: noGrant, request: null }).ask, draft)
  expect(check.fault).toMatchObject({ code: 'GRANT_MISSING', message: 'There is no grant.' })
  expect(check.obstacle?.code).toBe('GRANT_MISSING')
  expect(check.request).toBeNull()
})

it('takes a code it does not know for a mistake of the workbench', async () => {
  const check = await checkDraft(engine({ fault: { code: 'NEW', message: 'x', details: {} } }).ask, draft)
  expect(check.fault?.code).toBe('INTERNAL')
})
