/** The one way out of a window of our own: shows a page in the browser or starts a bank's app, once the person agreed to where. */
import { isSafePage } from './desktop.ts'

/** Apps a bank may hand over to. */
const appSchemes = new Set(['bankid:'])

/** False: refused or not possible; show the address instead. */
export type WayOut = (url: string) => Promise<boolean>

function mayOpen(url: string): boolean {
  if (!URL.canParse(url)) return false
  const { protocol, username, password } = new URL(url)
  return isSafePage(url) || (appSchemes.has(protocol) && username === '' && password === '')
}

/**
 * @param open hands an address to the system
 * @param ask shows a person where the address leads; a bank's answer may have named it
 */
export function createWayOut(open: (href: string) => Promise<void>, ask: (where: string) => Promise<boolean>): WayOut {
  const agreed = new Set<string>()
  let asking = false
  return async (url) => {
    // One question at a time: a page must not pile them up.
    if (asking || !mayOpen(url)) return false
    const { href, protocol, host } = new URL(url)
    const where = protocol === 'https:' ? host : protocol
    asking = true
    try {
      // http is this machine only (isSafePage).
      if (protocol !== 'http:' && !agreed.has(where) && !(await ask(where))) return false
      agreed.add(where)
      await open(href)
      return true
    } catch {
      return false
    } finally {
      asking = false
    }
  }
}
