/** What a page must never do: complain on the console, break its policy, ask anyone else, be told a secret. */
import type { Page } from '@playwright/test'

export interface Watch {
  /** Console errors, breaches of the content security policy, uncaught errors, requests to other origins. */
  readonly complaints: readonly string[]
  /** Text of every WebSocket frame the page received. */
  readonly received: readonly string[]
}

/** From before the first page is loaded. */
export function watchPage(page: Page): Watch {
  const complaints: string[] = []
  const received: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || /content security policy/i.test(message.text()))
      complaints.push(`console: ${message.text()}`)
  })
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`))
  page.on('request', (request) => {
    const { protocol, host } = new URL(request.url())
    const own = new URL(page.url()).host
    if (/^https?:$/.test(protocol) && own !== '' && host !== own) complaints.push(`request: ${request.url()}`)
  })
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => received.push(payload.toString()))
  })
  return { complaints, received }
}
