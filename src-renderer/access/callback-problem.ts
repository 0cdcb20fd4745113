/** Whether an address can be registered as a callback (RFC 6749 section 3.1.2, RFC 8252 section 7.3). */

const isLoopback = (host: string): boolean => ['127.0.0.1', '[::1]', 'localhost'].includes(host)

/** The sentence to stand below the field; null where nothing is wrong. */
export function callbackProblem(uri: string, others: readonly string[]): string | null {
  const text = uri.trim()
  if (text === '') return 'The address is empty: fill it in or remove it.'
  if (!URL.canParse(text)) return 'This is no absolute address, such as https://tpp.example/callback.'
  const { protocol, hostname, hash } = new URL(text)
  if (protocol !== 'https:' && !(protocol === 'http:' && isLoopback(hostname)))
    return 'Only https, or http on this machine (127.0.0.1).'
  if (hash !== '' || text.includes('#')) return 'A callback has no fragment (#).'
  if (others.some((other) => other.trim() === text)) return 'This address stands in the list twice.'
  return null
}

/** The workbench can take a code itself only where it can listen. */
export const canListen = (uri: string): boolean => {
  if (!URL.canParse(uri)) return false
  const { protocol, hostname } = new URL(uri)
  return protocol === 'http:' && hostname === '127.0.0.1'
}
