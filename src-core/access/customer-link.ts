/** Makes a link of a bank's answer fit to be opened: untrusted input, which may be badly spelled or lead anywhere. */
import type { BankEnvironment } from '#shared/bank-environment.ts'
import { Fault } from '#shared/fault.ts'

export interface CustomerLink {
  /** As a URL spells it: blanks and the like are encoded. */
  readonly url: string
  /** To be shown before it is opened. */
  readonly host: string
}

/** Control characters would be taken out silently by the URL parser, and another address opened than the one shown. */
const hasControl = (text: string): boolean => [...text].some((sign) => sign < ' ' || sign === '\u007f')

const refuse = (name: string, why: string): Fault =>
  new Fault('ACCESS_LINK', `The bank's link ${name} ${why}. It is not opened.`, { link: name })

/** What may be opened besides https. */
export interface Allowed {
  /** Schemes the bank's data lists. */
  readonly schemes?: readonly string[] | undefined
  /** http on this machine, where the simulated banks have their pages. */
  readonly onThisMachine?: boolean
}

/** What an environment allows: only the local sandbox is on this machine. */
export const allowedIn = ({ kind }: BankEnvironment, schemes?: readonly string[]): Allowed => ({
  schemes,
  onThisMachine: kind === 'local-sandbox',
})

const isLoopback = ({ hostname }: URL): boolean => ['127.0.0.1', 'localhost', '[::1]'].includes(hostname)

/**
 * https, without user information, or what is allowed besides. Throws ACCESS_LINK.
 * @param name of the link, for the message; the link itself may carry secrets and is in none.
 */
export function customerLink(name: string, href: unknown, allowed: Allowed = {}): CustomerLink {
  if (typeof href !== 'string' || href === '') throw refuse(name, 'has no address')
  if (hasControl(href)) throw refuse(name, 'holds control characters')
  const url = URL.parse(href.trim())
  if (url === null) throw refuse(name, 'is no absolute address')
  const scheme = url.protocol.slice(0, -1)
  const here = scheme === 'http' && allowed.onThisMachine === true && isLoopback(url)
  if (scheme !== 'https' && !here && allowed.schemes?.includes(scheme) !== true)
    throw refuse(name, `has the scheme ${scheme}, not https`)
  if (url.username !== '' || url.password !== '') throw refuse(name, 'names a user, which hides the true host')
  if (scheme === 'https' && url.hostname === '') throw refuse(name, 'names no host')
  return { url: url.href, host: url.host === '' ? scheme : url.host }
}

/** `_links` of a Berlin Group answer by name: `{href}`, or the address itself as some banks send it. */
export function linksOf(answer: unknown): Record<string, string> {
  const links = (answer as { _links?: unknown } | null)?._links
  if (typeof links !== 'object' || links === null) return {}
  const entries = Object.entries(links).flatMap(([name, link]): [string, string][] => {
    const href: unknown = typeof link === 'object' && link !== null ? (link as { href?: unknown }).href : link
    return typeof href === 'string' ? [[name, href]] : []
  })
  return Object.fromEntries(entries)
}
