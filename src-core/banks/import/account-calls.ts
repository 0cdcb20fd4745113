/** Recognises the account calls of a document in the manner of the Berlin Group, so that an imported bank has the view Accounts. */
import type { AccountProfile, FundsProfile, Paging } from '#shared/account-profile.ts'
import { isObject, type JsonObject, type JsonTree } from './json-tree.ts'
import {
  type Call,
  findCall,
  has,
  membersOf,
  nodeOf,
  parametersOf,
  pathParameter,
  resolved,
  type ShapedDocument,
} from './shaped-document.ts'

/** Whether entries of this kind can have something there; where nothing is described, anything can be there. */
function canHave(document: JsonObject, schema: JsonTree | undefined, pointer: string): boolean {
  let at = schema
  for (const key of pointer.slice(1).split('/')) {
    const node = resolved(document, at)
    const known = membersOf(document, node)
    if (Object.keys(known).length === 0) {
      // An index of a list, or a part nobody described.
      at = isObject(node.items) ? node.items : undefined
      continue
    }
    if (!has(known, key)) return false
    at = known[key]
  }
  return true
}

type Named = Readonly<Record<string, string | readonly string[]>>

/** The places the document's entries can have; a single one as a text. */
function describedPlaces(
  { document }: ShapedDocument,
  entry: JsonTree | undefined,
  named: Named,
): Record<string, string | string[]> {
  const kept = Object.entries(named).flatMap(([name, places]): [string, string | string[]][] => {
    const list = (typeof places === 'string' ? [places] : places).filter((place) => canHave(document, entry, place))
    return list.length === 0 ? [] : [[name, list.length === 1 ? list[0]! : list]]
  })
  return Object.fromEntries(kept)
}

/** Schema of the entries of a list that stands in an answer. */
function entryOf({ document }: ShapedDocument, answer: JsonObject, ...path: readonly string[]): JsonTree | undefined {
  let at: JsonTree | undefined = { properties: answer }
  for (const key of path) at = membersOf(document, at)[key]
  return resolved(document, at).items
}

const byLink: Paging = { by: 'link', at: '/transactions/_links/next' }

function balancesOf(shaped: ShapedDocument, call: Call | null): AccountProfile['balances'] {
  if (call === null || !(has(call.answer, 'balances') || Object.keys(call.answer).length === 0)) return undefined
  const { type, amount, ...members } = describedPlaces(shaped, entryOf(shaped, call.answer, 'balances'), {
    type: '/balanceType',
    amount: '/balanceAmount/amount',
    currency: '/balanceAmount/currency',
    date: ['/referenceDate', '/lastChangeDateTime'],
  })
  if (type === undefined || amount === undefined) return undefined
  return { operation: call.id, items: '/balances', members: { ...members, type, amount } }
}

function transactionsOf(shaped: ShapedDocument, call: Call, one: Call | null): AccountProfile['transactions'] {
  const takes = (name: string) => call.parameters.includes(name)
  const parameter = one === null ? null : pathParameter(one.path)
  const { amount, ...members } = describedPlaces(shaped, entryOf(shaped, call.answer, 'transactions', 'booked'), {
    id: '/transactionId',
    amount: '/transactionAmount/amount',
    currency: '/transactionAmount/currency',
    bookingDate: '/bookingDate',
    valueDate: '/valueDate',
    creditor: '/creditorName',
    debtor: '/debtorName',
    creditorAccount: ['/creditorAccount/iban', '/creditorAccount/bban'],
    debtorAccount: ['/debtorAccount/iban', '/debtorAccount/bban'],
    text: ['/remittanceInformationUnstructured', '/remittanceInformationUnstructuredArray/0', '/additionalInformation'],
  })
  if (amount === undefined) return undefined
  return {
    ways: [{ operation: call.id, paging: byLink }],
    lists: { booked: '/transactions/booked', pending: '/transactions/pending' },
    members: { ...members, amount },
    direction: 'sign',
    ...(takes('dateFrom') && takes('dateTo') ? { span: { from: 'dateFrom', to: 'dateTo' } } : {}),
    ...(takes('bookingStatus') ? { choice: { parameter: 'bookingStatus', usual: 'booked' } } : {}),
    ...(one === null || parameter === null
      ? {}
      : { details: { operation: one.id, parameter, at: '/transactionsDetails' } }),
  }
}

const anyId = '\\{[^}]+\\}'

/** null where the document's answers are not the Berlin Group's. */
export function recogniseAccounts(shaped: ShapedDocument): AccountProfile | null {
  const find = (looks: string) => findCall(shaped, 'GET', new RegExp(`(^|/)accounts${looks}$`, 'i'))
  const list = find('')
  if (list === null || !has(list.answer, 'accounts')) return null
  const [details, balances, transactions] = [
    find(`/${anyId}`),
    find(`/${anyId}/balances`),
    find(`/${anyId}/transactions`),
  ]
  const parameter = [details, balances, transactions]
    .map((call) => /\{([^}]+)\}/.exec(call?.path.replace(/^.*accounts/i, '') ?? '')?.[1])
    .find((name) => name !== undefined)
  if (parameter === undefined) return null
  const { id, ...members } = describedPlaces(shaped, entryOf(shaped, list.answer, 'accounts'), {
    id: ['/resourceId', '/accountId', '/id'],
    iban: ['/iban', '/bban', '/maskedPan'],
    name: ['/name', '/displayName'],
    currency: '/currency',
    owner: '/ownerName',
    product: '/product',
    status: '/status',
  })
  if (id === undefined) return null
  const entries = balancesOf(shaped, balances)
  const described =
    transactions !== null && (has(transactions.answer, 'transactions') || Object.keys(transactions.answer).length === 0)
  return {
    list: { operation: list.id, items: '/accounts' },
    parameter,
    members: { ...members, id },
    ...(details !== null && has(details.answer, 'account')
      ? { details: { operation: details.id, at: '/account' } }
      : {}),
    ...(entries === undefined ? {} : { balances: entries }),
    ...(described
      ? { transactions: transactionsOf(shaped, transactions, find(`/${anyId}/transactions/${anyId}`)) }
      : {}),
  }
}

/** The reads of accounts that can say that the customer is there: without it a bank counts them. */
export function presentReads(
  shaped: ShapedDocument,
  { list, details, balances, transactions }: AccountProfile,
): string[] {
  const ways = transactions?.ways ?? []
  const reads = [list, details, balances, ...ways, transactions?.details].flatMap((each) => each?.operation ?? [])
  return shaped.operations
    .filter(({ id }) => reads.includes(id))
    .filter((call) =>
      parametersOf(shaped, call, nodeOf(shaped, call)).some((name) => name.toLowerCase() === 'psu-ip-address'),
    )
    .map(({ id }) => id)
}

/** null where the document does not ask for funds as the Berlin Group does. */
export function recogniseFunds(shaped: ShapedDocument): FundsProfile | null {
  const call = findCall(shaped, 'POST', /(^|\/)funds-?confirmations?$/i)
  if (call === null) return null
  const consent = call.parameters.find((name) => name.toLowerCase() === 'consent-id')
  return {
    operation: call.id,
    account: '/account/iban',
    amount: '/instructedAmount/amount',
    currency: '/instructedAmount/currency',
    available: '/fundsAvailable',
    ...(consent === undefined ? {} : { consent }),
  }
}
