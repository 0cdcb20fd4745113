/** A JSON document and places in it by JSON pointer (RFC 6901): read, set, taken out; nothing else in it changes. */

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }
export type JsonObject = { readonly [name: string]: Json }

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const escaped = (part: string): string => part.replaceAll('~', '~0').replaceAll('/', '~1')
const unescaped = (part: string): string => part.replaceAll('~1', '/').replaceAll('~0', '~')

/** @param part name of a member or index of an item */
export const pointerTo = (place: string, part: string | number): string => `${place}/${escaped(String(part))}`

export const partsOfPointer = (place: string): readonly string[] =>
  place === '' ? [] : place.slice(1).split('/').map(unescaped)

/** undefined where there is nothing. */
export function valueAt(document: Json | undefined, place: string): Json | undefined {
  let value: Json | undefined = document
  for (const part of partsOfPointer(place)) {
    if (Array.isArray(value)) value = (value as readonly Json[])[Number(part)]
    else if (isObject(value)) value = Object.hasOwn(value, part) ? value[part] : undefined
    else return undefined
  }
  return value
}

function setIn(value: Json | undefined, [part, ...rest]: readonly string[], next: Json | undefined): Json | undefined {
  if (part === undefined) return next
  if (Array.isArray(value)) {
    const list = [...(value as readonly Json[])]
    const inner = setIn(list[Number(part)], rest, next)
    if (inner === undefined) list.splice(Number(part), 1)
    else list[Number(part)] = inner
    return list
  }
  const object = isObject(value) ? value : {}
  const inner = setIn(object[part], rest, next)
  if (inner !== undefined) return { ...object, [part]: inner }
  const { [part]: _gone, ...others } = object
  return others
}

/** An object that is emptied this way is taken out too: an address without a line is none. */
function withoutEmpty(document: Json, place: string): Json {
  const parts = partsOfPointer(place)
  let result = document
  for (let length = parts.length - 1; length > 0; length -= 1) {
    const parent = valueAt(
      result,
      parts
        .slice(0, length)
        .map((part) => `/${escaped(part)}`)
        .join(''),
    )
    if (!isObject(parent) || Object.keys(parent).length > 0) break
    const above = parts.slice(0, length)
    // An item of a list stays, however empty: whoever added it is about to fill it in.
    if (/^\d+$/.test(above.at(-1)!)) break
    result = setIn(result, above, undefined) ?? {}
  }
  return result
}

/** @param next undefined takes the place out */
export function withValue(document: Json, place: string, next: Json | undefined): Json {
  const changed = setIn(document, partsOfPointer(place), next) ?? {}
  return next === undefined ? withoutEmpty(changed, place) : changed
}
