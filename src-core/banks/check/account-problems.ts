/** Whether what bank.yaml says of accounts and funds names calls and parameters that exist, and places that answers have. */
import type { AccountProfile, FundsProfile } from '#shared/account-profile.ts'
import { answerOf, type Named, type NamedCall, nameProblems, type Path, placeChecker, shapes } from './answer-places.ts'
import type { CheckedBank } from './checked-bank.ts'
import type { Json } from './json-document.ts'
import type { Problem } from './problem.ts'

function accountPlaces(checked: CheckedBank, profile: AccountProfile): Problem[] {
  const { list, details, balances, transactions } = profile
  const { problems, place, members, entries } = placeChecker(checked)
  const account = entries(place(answerOf(checked, list.operation), list.items, 'accounts', 'list', 'items'))
  members(account, profile.members, 'accounts', 'members')
  members(account, profile.links ?? {}, 'accounts', 'links')
  if (details) place(answerOf(checked, details.operation), details.at, 'accounts', 'details', 'at')
  if (balances) {
    const items = place(answerOf(checked, balances.operation), balances.items, 'accounts', 'balances', 'items')
    members(entries(items), balances.members, 'accounts', 'balances', 'members')
  }
  if (!transactions) return problems
  const { ways, lists, details: one } = transactions
  const answer = answerOf(checked, ways[0]!.operation)
  const booked = place(answer, lists.booked, 'accounts', 'transactions', 'lists', 'booked')
  place(answer, lists.pending, 'accounts', 'transactions', 'lists', 'pending')
  place(answer, lists.information, 'accounts', 'transactions', 'lists', 'information')
  members(entries(booked), transactions.members, 'accounts', 'transactions', 'members')
  for (const [index, { operation, paging }] of ways.entries())
    if (paging !== undefined && 'at' in paging)
      place(answerOf(checked, operation), paging.at, 'accounts', 'transactions', 'ways', index, 'paging', 'at')
  if (one) place(answerOf(checked, one.operation), one.at, 'accounts', 'transactions', 'details', 'at')
  return problems
}

/** Every call, each with the parameters it has to take. */
function callsOf(profile: AccountProfile): NamedCall[] {
  const { list, parameter, details, balances, transactions } = profile
  const own: Named = [parameter, ['accounts', 'parameter']]
  const { ways = [], span, choice, details: one } = transactions ?? {}
  const within: Path = ['accounts', 'transactions']
  const spoken: Named[] = [
    ...(span ? [[span.from, [...within, 'span', 'from']] as const, [span.to, [...within, 'span', 'to']] as const] : []),
    ...(choice ? [[choice.parameter, [...within, 'choice', 'parameter']] as const] : []),
  ]
  const paged = ways.map(({ operation, paging }, index) => {
    const path = [...within, 'ways', index]
    const names: Named[] =
      paging === undefined || paging.by === 'link' ? [] : [[paging.parameter, [...path, 'paging', 'parameter']]]
    const size = paging !== undefined && paging.by !== 'link' ? paging.size : undefined
    if (size) names.push([size.parameter, [...path, 'paging', 'size', 'parameter']])
    return { call: [operation, [...path, 'operation']] as Named, takes: [own, ...spoken, ...names] }
  })
  return [
    { call: [list.operation, ['accounts', 'list', 'operation']], takes: [] },
    ...(details ? [{ call: [details.operation, ['accounts', 'details', 'operation']] as Named, takes: [own] }] : []),
    ...(balances ? [{ call: [balances.operation, ['accounts', 'balances', 'operation']] as Named, takes: [own] }] : []),
    ...paged,
    ...(one
      ? [
          {
            call: [one.operation, [...within, 'details', 'operation']] as Named,
            takes: [own, [one.parameter, [...within, 'details', 'parameter']] as const],
          },
        ]
      : []),
  ]
}

function fundsProblems(checked: CheckedBank, profile: FundsProfile): Problem[] {
  const { operation, consent } = profile
  const call: Named = [operation, ['fundsConfirmation', 'operation']]
  const takes: Named[] = consent === undefined ? [] : [[consent, ['fundsConfirmation', 'consent']]]
  const names = nameProblems(checked, [{ call, takes }])
  const found = checked.bank.operations.find(({ id }) => id === operation)
  if (found === undefined) return names
  const { problems, place } = placeChecker(checked)
  const body = found.body?.schema === undefined ? undefined : shapes(checked.files.openapi, found.body.schema as Json)
  place(body, profile.account, 'fundsConfirmation', 'account')
  place(body, profile.amount, 'fundsConfirmation', 'amount')
  place(body, profile.currency, 'fundsConfirmation', 'currency')
  place(answerOf(checked, operation), profile.available, 'fundsConfirmation', 'available')
  return [...names, ...problems]
}

export function accountProblems(checked: CheckedBank): Problem[] {
  const { accounts, fundsConfirmation } = checked.bank.profile
  return [
    ...(accounts === undefined
      ? []
      : [...nameProblems(checked, callsOf(accounts)), ...accountPlaces(checked, accounts)]),
    ...(fundsConfirmation === undefined ? [] : fundsProblems(checked, fundsConfirmation)),
  ]
}
