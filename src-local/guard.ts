/** Judges who is asking, from the headers a browser sets and a page cannot: the host's name, the page's origin, the kind of fetch. */
import type { IncomingMessage } from 'node:http'

/** The one value of a header; null when it is missing or sent more than once. */
export function soleHeader(request: IncomingMessage, name: string): string | null {
  // Not request.headers: of a header sent twice it silently keeps one, or joins them.
  const values = request.rawHeaders.filter((_, index, raw) => index % 2 === 1 && raw[index - 1]!.toLowerCase() === name)
  return values.length === 1 ? values[0]! : null
}

export const hasHeader = (request: IncomingMessage, name: string): boolean => request.headers[name] !== undefined

/**
 * Whether the request is for this host under a name that can only mean this machine. A page whose own name was pointed at
 * 127.0.0.1 (DNS rebinding) sends that name; a proxy sends the absolute form.
 */
export function isForThisHost(request: IncomingMessage, port: number): boolean {
  const host = soleHeader(request, 'host')
  const known = [`127.0.0.1:${port}`, `[::1]:${port}`, `localhost:${port}`]
  return host !== null && known.includes(host) && (request.url ?? '').startsWith('/')
}

/**
 * Whether a page this host has served is asking. The cookie alone would not say so: for cookies, and for SameSite, every
 * port of 127.0.0.1 is the same place.
 */
export function isFromOwnPage(request: IncomingMessage): boolean {
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin') return false
  return soleHeader(request, 'origin') === `http://${soleHeader(request, 'host')}`
}

/**
 * Whether a GET may be answered: from our own page, typed or opened by a person, or as a link followed to the top of a tab.
 * Another page's fetch, <img>, <script>, frame or EventSource may not. Browsers that send no Sec-Fetch headers are held off
 * by CORP, by the missing CORS headers and by there being nothing secret in a file.
 */
export function mayRead(request: IncomingMessage): boolean {
  const { 'sec-fetch-site': site, 'sec-fetch-mode': mode, 'sec-fetch-dest': dest } = request.headers
  if (site === undefined || site === 'same-origin' || site === 'none') return true
  return mode === 'navigate' && dest === 'document'
}

/** `application/json`, with parameters or without. A form, or a fetch without CORS, can send no such type. */
export const isJson = (request: IncomingMessage): boolean =>
  /^application\/json\s*(;|$)/i.test(soleHeader(request, 'content-type') ?? '')

/** The value of a cookie; null when it is missing or there are several of its name. */
export function soleCookie(request: IncomingMessage, name: string): string | null {
  const values = (request.headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1))
  return values.length === 1 ? values[0]! : null
}
