/** A name nobody has yet: the wanted one, or the first with a number that is free. */
export function freeName(wanted: string, taken: readonly { readonly name: string }[]): string {
  const names = new Set(taken.map(({ name }) => name.toLowerCase()))
  if (!names.has(wanted)) return wanted
  let number = 2
  while (names.has(`${wanted}-${number}`)) number += 1
  return `${wanted}-${number}`
}
