/** `/link`: hands a fresh start link to who can read the serving note, and never to a page. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { answer } from './answer.ts'
import { hasHeader, soleHeader } from './guard.ts'
import { sameSecret } from './secret-register.ts'

/** What a browser adds to a request and a page cannot leave out. */
const marksOfABrowser = ['origin', 'referer', 'cookie', 'sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-dest']

const json = 'application/json; charset=utf-8'

/** @param secret of the serving note, sent as a bearer token: a page of another origin may not even ask to send that header. */
export function createLinkDoor(secret: string, freshLink: () => string) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const byProgram = request.method === 'POST' && !marksOfABrowser.some((name) => hasHeader(request, name))
    const given = soleHeader(request, 'authorization') ?? ''
    const granted = byProgram && sameSecret(given, `Bearer ${secret}`)
    if (!granted) answer(response, { status: 403 })
    else
      answer(response, { status: 200, text: JSON.stringify({ url: freshLink() }), headers: { 'content-type': json } })
  }
}
