/** Ids of operations: the document's own where it has them, in the form every id has here; always the same for one document. */

const combining = /\p{M}+/gu

/** `My Bank (PSD2)` → `my-bank-psd2`; empty where nothing of it can stand in an id. */
export function slug(text: string, most = 80): string {
  return text
    .slice(0, 500)
    .normalize('NFKD')
    .replace(combining, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, most)
    .replace(/^-+|-+$/g, '')
}

/** `getAccountList`, `get_account.list` → `get-account-list`. */
const kebab = (name: string): string =>
  slug(
    name
      .slice(0, 500)
      .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
      .replace(/([A-Z]+)([A-Z][a-z])/g, '$1-$2'),
    120,
  )

/** `get /accounts/{account-id}/balances` → `get-accounts-by-account-id-balances`. */
const fromPath = (method: string, path: string): string =>
  slug(`${method} ${path.replace(/\{([^}]*)\}/g, ' by $1 ')}`, 120) || method

/** Gives each name once: the second time `name-2`, then `name-3`. */
export function createUniqueNames() {
  const taken = new Set<string>()
  const counts = new Map<string, number>()
  return (base: string): string => {
    let name = base
    let count = counts.get(base) ?? 1
    while (taken.has(name)) {
      count += 1
      name = `${base}-${count}`
    }
    counts.set(base, count)
    taken.add(name)
    return name
  }
}

/** Gives every operation an id of its own; a second one of the same name gets `-2`. */
export function createOperationIds() {
  const unique = createUniqueNames()
  return (own: unknown, method: string, path: string): string =>
    unique((typeof own === 'string' ? kebab(own) : '') || fromPath(method, path))
}
