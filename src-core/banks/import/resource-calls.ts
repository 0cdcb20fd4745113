/** Recognises what a TPP creates by calls in the manner of the Berlin Group, so that an imported bank has Consents, Payments, Recurring and Baskets. */
import type { AuthorisationCalls, ResourceProfile } from '#shared/resource-profile.ts'
import type { JsonObject, JsonTree } from './json-tree.ts'
import type { ShapedOperation } from './shape-operations.ts'
import {
  answerOf,
  declaredOf,
  has,
  jsonSchemaOf,
  membersOf,
  nodeOf,
  parametersOf,
  pathParameter,
  resolved,
  type ShapedDocument,
} from './shaped-document.ts'

type Kind = 'consent' | 'payment' | 'recurring-payment' | 'basket'

/** What the framework calls the ids, statuses and vocabularies of a kind (NextGenPSD2 1.3, sections 5, 6 and 8). */
const words = {
  consent: { id: 'consentId', field: 'consentStatus', vocabulary: 'consent', gives: 'terminatedByTpp' },
  payment: { id: 'paymentId', field: 'transactionStatus', vocabulary: 'payment', gives: 'CANC' },
  'recurring-payment': { id: 'paymentId', field: 'transactionStatus', vocabulary: 'payment', gives: 'CANC' },
  basket: { id: 'basketId', field: 'transactionStatus', vocabulary: 'payment', gives: undefined },
} as const satisfies Record<Kind, object>

/** The first that fits counts: accounts before funds, the customer’s own service before several at once. */
const creations: Readonly<Record<Kind, readonly RegExp[]>> = {
  consent: [
    /(^|\/)consents$/i,
    /(^|\/)consents\/(account-access|confirmation-of-funds)$/i,
    /(^|\/)(cof|funds-confirmation|piis)-?consents?$/i,
  ],
  payment: [/(^|\/)\{payment-?service\}\/[^/]+$/i, /(^|\/)payments(\/[^/]+)?$/i],
  'recurring-payment': [/(^|\/)\{payment-?service\}\/[^/]+$/i, /(^|\/)periodic-payments(\/[^/]+)?$/i],
  basket: [/(^|\/)signing-baskets$/i],
}

/** Values of the payment service that make one of a kind. */
const services: Partial<Record<Kind, readonly string[]>> = {
  payment: ['payments', 'bulk-payments'],
  'recurring-payment': ['periodic-payments'],
}

/** Paths of one document may call the same part by different names. */
const plain = (path: string): string => path.replace(/\{[^}]*\}/g, '{}').replace(/\/$/, '')

function callAt(
  { operations }: ShapedDocument,
  method: string,
  create: ShapedOperation,
  ...more: readonly string[]
): ShapedOperation | undefined {
  const wanted = [plain(create.path), ...more].join('/')
  return operations.find((each) => each.method === method && plain(each.path) === wanted)
}

const one = '{}'

/** Where nothing is described, the framework’s own member is taken. */
const canAnswer = (shaped: ShapedDocument, call: ShapedOperation, name: string): boolean => {
  const answer = answerOf(shaped, nodeOf(shaped, call), '201')
  return Object.keys(answer).length === 0 || has(answer, name)
}

function authorisationsOf(
  shaped: ShapedDocument,
  create: ShapedOperation,
  purpose: AuthorisationCalls['purpose'],
): AuthorisationCalls[] {
  const part = purpose === 'cancellation' ? 'cancellation-authorisations' : 'authorisations'
  const [start, list, status, update] = [
    callAt(shaped, 'POST', create, one, part),
    callAt(shaped, 'GET', create, one, part),
    callAt(shaped, 'GET', create, one, part, one),
    callAt(shaped, 'PUT', create, one, part, one),
  ]
  const parameter = pathParameter((status ?? update)?.path ?? '')
  if (parameter === null) return []
  const named = start !== undefined && canAnswer(shaped, start, 'authorisationId')
  return [
    {
      purpose,
      ...(start && { start: start.id }),
      ...(list && { list: list.id, ids: 'authorisationIds' }),
      ...(status && { status: status.id }),
      ...(update && { update: update.id }),
      parameter,
      ...(named && { id: 'authorisationId' }),
      fields: ['scaStatus'],
      vocabulary: 'sca',
    },
  ]
}

/** Members of the body of a creation, those of each form it may have too. */
function bodyMembers(shaped: ShapedDocument, create: ShapedOperation): JsonObject {
  const { document } = shaped
  const body = resolved(document, nodeOf(shaped, create).requestBody)
  const schema = jsonSchemaOf(body)
  const node = resolved(document, schema)
  const forms = [node.oneOf, node.anyOf].flatMap((list): readonly JsonTree[] => (Array.isArray(list) ? list : []))
  return Object.assign({}, ...forms.map((each) => membersOf(document, each)), membersOf(document, node)) as JsonObject
}

type Shape = ResourceProfile['shapes'][number]

const recurringFields = ['startDate', 'endDate', 'executionRule', 'frequency', 'dayOfExecution', 'monthsOfExecution']
const bulkFields = ['payments', 'batchBookingPreferred']
const singleFields = [
  'endToEndIdentification',
  'instructedAmount',
  'creditorAccount',
  'creditorAgent',
  'creditorAgentName',
  'creditorName',
  'creditorAddress',
  'remittanceInformationUnstructured',
  'remittanceInformationStructured',
]

/** What each service needs of one body that has the fields of all of them. */
function shapesOf(members: JsonObject, service: string | null, kind: Kind, offered: readonly string[]): Shape[] {
  const places = (names: readonly string[]) => names.filter((name) => has(members, name)).map((name) => `/${name}`)
  const shape = (value: string, required: readonly string[], without: readonly string[]): Shape[] => {
    if (service !== null && !offered.includes(value)) return []
    const parts = { required: places(required), without: places(without) }
    if (parts.without.length === 0) return []
    return [{ when: service === null ? {} : { [service]: [value] }, ...parts, notes: [] }]
  }
  const single = ['instructedAmount', 'creditorAccount', 'creditorName']
  if (kind === 'recurring-payment') return shape('periodic-payments', [...single, 'startDate', 'frequency'], bulkFields)
  if (kind !== 'payment') return []
  return [
    ...shape('payments', single, [...recurringFields, ...bulkFields]),
    ...(service === null ? [] : shape('bulk-payments', ['payments'], [...singleFields, ...recurringFields])),
  ]
}

/** The parameter of the path that says which service it is, with the values the document offers. */
function serviceIn(
  shaped: ShapedDocument,
  create: ShapedOperation,
): { readonly name: string; readonly offered: readonly string[] } | null {
  const name = /\{(payment-?service)\}/i.exec(create.path)?.[1]
  if (name === undefined) return null
  const declared = declaredOf(shaped, create, nodeOf(shaped, create)).find((each) => each.name === name)
  const values = resolved(shaped.document, declared?.schema).enum
  return {
    name,
    offered: Array.isArray(values) ? values.map(String) : ['payments', 'bulk-payments', 'periodic-payments'],
  }
}

function limitsOf(members: JsonObject): ResourceProfile['limits'] {
  const limits = { validUntil: 'validUntil', frequencyPerDay: 'frequencyPerDay', recurring: 'recurringIndicator' }
  return Object.fromEntries(Object.entries(limits).filter(([, field]) => has(members, field)))
}

const membersOfBasket: ResourceProfile['members'] = {
  at: '/paymentIds',
  kinds: ['payment', 'recurring-payment'],
  statuses: ['RCVD'],
  reason: 'A basket takes payments that nobody has authorised yet.',
}

function resourceOf(shaped: ShapedDocument, kind: Kind, create: ShapedOperation): ResourceProfile | null {
  const { id, field, vocabulary, gives } = words[kind]
  const members = bodyMembers(shaped, create)
  const read = callAt(shaped, 'GET', create, one)
  const status = callAt(shaped, 'GET', create, one, 'status')
  const parameter = pathParameter((status ?? read)?.path ?? '')
  if (parameter === null || !canAnswer(shaped, create, id)) return null
  const service = serviceIn(shaped, create)
  const wanted = (services[kind] ?? []).filter((value) => service?.offered.includes(value) === true)
  if (service !== null && services[kind] !== undefined && wanted.length === 0) return null
  const removal = callAt(shaped, 'DELETE', create, one)
  return {
    kind,
    create: create.id,
    when: service === null ? {} : { [service.name]: [...wanted] },
    shapes: shapesOf(members, service?.name ?? null, kind, service?.offered ?? []),
    id,
    parameters: kind === 'consent' ? [...new Set([parameter, ...consentHeaders(shaped)])] : [parameter],
    ...(read && { read: read.id }),
    ...(status && { status: status.id }),
    field,
    vocabulary,
    ...(removal && { delete: { operation: removal.id, ...(gives && { gives }) } }),
    ...(kind === 'consent' && { active: 'valid' }),
    limits: kind === 'consent' ? limitsOf(members) : {},
    replacesFormer: kind === 'consent' && has(members, 'recurringIndicator'),
    authorisations: [
      ...authorisationsOf(shaped, create, 'authorisation'),
      ...authorisationsOf(shaped, create, 'cancellation'),
    ],
    ...(kind === 'basket' && has(members, 'paymentIds') && { members: membersOfBasket }),
  }
}

/** As the document spells the header that reads name their consent by. */
export function consentHeaders(shaped: ShapedDocument): string[] {
  const names = shaped.operations.flatMap((call) => parametersOf(shaped, call, nodeOf(shaped, call)))
  return [...new Set(names.filter((name) => name.toLowerCase() === 'consent-id'))].slice(0, 1)
}

/** Empty where the document has none of the framework’s calls. */
export function recogniseResources(shaped: ShapedDocument): ResourceProfile[] {
  const made = (Object.keys(creations) as Kind[]).map((kind) => {
    for (const looks of creations[kind]) {
      const candidates = shaped.operations.filter(({ method, path }) => method === 'POST' && looks.test(path))
      for (const create of candidates) {
        const found = resourceOf(shaped, kind, create)
        if (found !== null) return found
      }
    }
    return null
  })
  const found = made.filter((each) => each !== null)
  const kinds = found.map(({ kind }) => kind)
  // A basket takes what can be created.
  return found.map((each) =>
    each.members === undefined
      ? each
      : { ...each, members: { ...each.members, kinds: each.members.kinds.filter((kind) => kinds.includes(kind)) } },
  )
}
