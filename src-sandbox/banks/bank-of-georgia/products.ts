/** The public product catalogue: pages counted from 0, errors by their status alone. */
import type { OperationHandler } from '#sandbox/bank/simulated-bank.ts'
import { type Answer, emptyAnswer, jsonAnswer } from '#sandbox/net/answer.ts'
import { depositsIn } from './deposits.ts'
import { loansIn } from './loans.ts'
import { type Locale, locales, type Product, type ProductCategory } from './product.ts'

const defaultSize = 10
const largestSize = 100

/** @returns null where the text is no whole number from `lowest` on. */
function wholeNumber(text: string | null, otherwise: number, lowest: number): number | null {
  if (text === null) return otherwise
  return /^\d{1,6}$/.test(text) && Number(text) >= lowest ? Number(text) : null
}

function pageOf(products: readonly Product[], page: number, size: number, path: string): Answer {
  const to = (number: number) => ({ href: `${path}?page=${number}&page-size=${size}` })
  const shown = products.slice(page * size, (page + 1) * size)
  const _links = {
    self: to(page),
    ...(page > 0 && { previous: to(page - 1) }),
    ...((page + 1) * size < products.length && { next: to(page + 1) }),
  }
  return jsonAnswer(200, { products: shown, _links }, `${shown.length} of ${products.length} products`)
}

const productsOf = (category: ProductCategory | null, locale: Locale): Product[] =>
  [...loansIn(locale), ...depositsIn(locale)].filter(
    ({ productCategory }) => category === null || productCategory === category,
  )

/** @param category null for all of them. */
export const listProducts =
  (category: ProductCategory | null): OperationHandler =>
  ({ received, operation }) => {
    const locale = locales.find((one) => one === operation.parameters.locale)
    if (!locale) return emptyAnswer(404, `there is no locale ${operation.parameters.locale}`)
    const page = wholeNumber(received.query.get('page'), 0, 0)
    const size = wholeNumber(received.query.get('page-size'), defaultSize, 1)
    if (page === null || size === null) return emptyAnswer(400, 'page or page-size is no number of that kind')
    return pageOf(productsOf(category, locale), page, Math.min(size, largestSize), received.path)
  }
