/** Tells whether a JSON text survives being read and written anew: names given twice and numbers beyond a double do not. */
import { isObject } from './json-value.ts'

const tokens = /"(?:[^"\\]|\\.)*"(\s*:)?|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g

function countNames(value: unknown): number {
  if (Array.isArray(value)) return (value as unknown[]).reduce<number>((sum, each) => sum + countNames(each), 0)
  if (!isObject(value)) return 0
  return Object.values(value).reduce<number>((sum, each) => sum + 1 + countNames(each), 0)
}

/** What a form would lose of the text, as a sentence; null where nothing. Throws SyntaxError for what is no JSON. */
export function lossIn(text: string): string | null {
  const value: unknown = JSON.parse(text)
  let names = 0
  for (const [token, colon] of text.matchAll(tokens)) {
    if (colon !== undefined) names += 1
    else if (!token.startsWith('"') && String(Number(token)) !== token)
      return `The form would write the number ${token} as ${Number(token)}. Put it in quotes or write it so.`
  }
  return names === countNames(value) ? null : 'A name stands twice in one object; the form would keep the last one.'
}
