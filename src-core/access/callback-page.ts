/** The page a customer's browser ends on: it shows nothing of the code and takes it out of the address bar. */
import { createHash } from 'node:crypto'

const script = "history.replaceState(null,'',location.pathname)"
const style = 'body{font:16px/1.5 system-ui,sans-serif;margin:20vh auto;max-width:32rem;padding:0 1rem}'
const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

export const callbackHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; script-src ${hashOf(script)}; style-src ${hashOf(style)}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  connection: 'close',
} as const

/** `heading` and `text` are our own words, never the bank's. */
export const callbackPage = (heading: string, text: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${heading}</title><style>${style}</style></head>` +
  `<body><main><h1>${heading}</h1><p>${text}</p></main><script>${script}</script></body></html>`
