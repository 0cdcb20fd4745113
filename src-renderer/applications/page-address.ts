/** Whether an address of a bank's answer may become a link: it is untrusted input and may lead anywhere. */

export interface PageAddress {
  /** As a URL spells it; null where it is shown and not opened. */
  readonly href: string | null
  /** To be shown before it is opened. */
  readonly host: string
  /** Why it is not opened; null where it is. */
  readonly refused: string | null
}

const hasControl = (text: string): boolean => [...text].some((sign) => sign < ' ' || sign === '\u007f')

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]'])

/**
 * https without user information, or what is allowed besides.
 * @param schemes the bank's data lists, such as those of an app
 * @param onThisMachine http here, where the simulated banks have their pages
 */
export function pageAddress(text: string, schemes: readonly string[], onThisMachine: boolean): PageAddress {
  const refuse = (refused: string): PageAddress => ({ href: null, host: '', refused })
  if (hasControl(text)) return refuse('It holds control characters.')
  const url = URL.parse(text.trim())
  if (url === null) return refuse('It is no absolute address.')
  const scheme = url.protocol.slice(0, -1)
  const here = scheme === 'http' && onThisMachine && loopback.has(url.hostname)
  if (scheme !== 'https' && !here && !schemes.includes(scheme)) return refuse(`Its scheme is ${scheme}, not https.`)
  if (url.username !== '' || url.password !== '') return refuse('It names a user, which hides the true host.')
  return { href: url.href, host: url.host === '' ? scheme : url.host, refused: null }
}
