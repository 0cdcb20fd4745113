/** JSON Pointers (RFC 6901) as fragments: places for messages, and targets of references. */

/** The pointer of a member: `~` and `/` are escaped. */
export const memberOf = (pointer: string, key: string): string =>
  `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`

/** The keys of a pointer such as `/paths/~1accounts`; the empty pointer has none. */
export const keysOf = (pointer: string): string[] =>
  pointer === ''
    ? []
    : pointer
        .slice(1)
        .split('/')
        .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))

/** What a pointer leads to; undefined where it leads nowhere. Inherited names lead nowhere. */
export function follow(value: unknown, pointer: string): unknown {
  let found = value
  for (const key of keysOf(pointer)) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined
    found = (found as Record<string, unknown>)[key]
  }
  return found
}
