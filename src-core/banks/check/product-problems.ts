/** Whether what bank.yaml says of products names calls, parameters and values that exist, and places that answers have. */
import type { ProductProfile } from '#shared/product-profile.ts'
import { answerOf, type Named, nameProblems, placeChecker, problemAt } from './answer-places.ts'
import { type CheckedBank, hint } from './checked-bank.ts'
import type { Problem } from './problem.ts'

/** Every list takes language and page. */
function namesOf({ lists, locale, paging }: ProductProfile) {
  const takes: Named[] = [
    ...(locale ? [[locale.parameter, ['products', 'locale', 'parameter']] as const] : []),
    ...(paging ? [[paging.parameter, ['products', 'paging', 'parameter']] as const] : []),
    ...(paging?.size ? [[paging.size.parameter, ['products', 'paging', 'size', 'parameter']] as const] : []),
  ]
  return lists.map(({ operation }, index) => ({
    call: [operation, ['products', 'lists', index, 'operation']] as Named,
    takes,
  }))
}

/** Languages of values the parameter does not have, and of no language at all. */
function localeProblems({ bank }: CheckedBank, { lists, locale }: ProductProfile): Problem[] {
  if (locale === undefined) return []
  const parameter = bank.operations
    .find(({ id }) => id === lists[0]!.operation)
    ?.parameters.find(({ name }) => name === locale.parameter)
  const values = (parameter?.schema as { enum?: unknown } | undefined)?.enum
  const known = Array.isArray(values) ? values.map(String) : []
  return Object.entries(locale.languages).flatMap(([value, language]) => {
    const path = ['products', 'locale', 'languages', value] as const
    if (known.length > 0 && !known.includes(value))
      return [problemAt(`${locale.parameter} has no value ${value}. ${hint(value, known)}`, ...path)]
    try {
      Intl.getCanonicalLocales(language)
      return []
    } catch {
      return [problemAt(`${language} is no language tag (BCP 47), such as ka.`, ...path)]
    }
  })
}

function placeProblems(checked: CheckedBank, profile: ProductProfile): Problem[] {
  const { problems, place, members, entries } = placeChecker(checked)
  const answer = answerOf(checked, profile.lists[0]!.operation)
  const product = entries(place(answer, profile.items, 'products', 'items'))
  members(product, profile.members, 'products', 'members')
  for (const [index, { at, rate, effective, tiers }] of profile.rates.entries()) {
    const path = ['products', 'rates', index]
    const one = entries(place(product, at, ...path, 'at'))
    place(one, rate.at, ...path, 'rate', 'at')
    place(one, effective?.at, ...path, 'effective', 'at')
    if (tiers === undefined) continue
    const { list, ...spans } = tiers
    members(entries(place(one, list, ...path, 'tiers', 'list')), spans, ...path, 'tiers')
  }
  return problems
}

export function productProblems(checked: CheckedBank): Problem[] {
  const { products } = checked.bank.profile
  if (products === undefined) return []
  return [
    ...nameProblems(checked, namesOf(products)),
    ...localeProblems(checked, products),
    ...placeProblems(checked, products),
  ]
}
