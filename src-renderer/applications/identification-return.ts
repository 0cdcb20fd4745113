/** What a customer comes back with from the page where they were identified: a whole address, its query, or the one value. */
import type { IdentificationWay } from '#shared/application-profile.ts'

export type ReturnReading =
  | { readonly values: Readonly<Record<string, string>>; readonly problem: null }
  | { readonly values: null; readonly problem: string }

const problem = (text: string): ReturnReading => ({ values: null, problem: text })

function parametersOf(text: string, names: readonly string[]): URLSearchParams | null {
  const url = URL.parse(text)
  if (url !== null && /^https?:$/.test(url.protocol))
    return new URLSearchParams(`${url.search.slice(1)}&${url.hash.slice(1)}`)
  const query = new URLSearchParams(text.replace(/^\?/, ''))
  return [...names, 'error'].some((name) => query.has(name)) ? query : null
}

/** @param state what the page was opened with; null where it is told none */
export function readReturn(
  pasted: string,
  { returns, state: expected }: Pick<IdentificationWay, 'returns' | 'state'>,
  state: string | null,
): ReturnReading {
  const text = pasted.trim()
  if (text === '') return problem('Paste the address the page ended on.')
  const parameters = parametersOf(text, returns)
  const error = parameters?.get('error')
  if (error != null) return problem(`The customer was not identified: the page says ${error}. Begin again.`)
  const known = expected === undefined || state === null ? {} : { [expected.parameter]: state }
  const wanted = returns.filter((name) => !Object.hasOwn(known, name))
  if (parameters === null) {
    if (wanted.length !== 1 || /\s/.test(text)) return problem(`There is no ${wanted.join(', no ')} in it.`)
    return { values: { ...known, [wanted[0]!]: text }, problem: null }
  }
  const missing = wanted.filter((name) => (parameters.get(name) ?? '') === '')
  if (missing.length > 0) return problem(`There is no ${missing.join(', no ')} in it.`)
  const foreign = Object.entries(known).find(([name, value]) => (parameters.get(name) ?? value) !== value)
  if (foreign !== undefined)
    return problem(`Its ${foreign[0]} belongs to another identification. Open the page of this one.`)
  return {
    values: { ...known, ...Object.fromEntries(wanted.map((name) => [name, parameters.get(name)!])) },
    problem: null,
  }
}
