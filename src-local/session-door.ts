/** Swaps a start token for a session, once: the only way in. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { answer } from './answer.ts'
import { isFromOwnPage, isJson, mayRead, soleCookie } from './guard.ts'
import { createSecretRegister } from './secret-register.ts'
import { readSmallBody } from './small-body.ts'

/** Milliseconds a start link is good for. */
export const startLifetime = 10 * 60_000

const refusal =
  'This link was used or is too old. Press Enter in the terminal that runs the workbench, or run: tpp serve --link\n'

export interface SessionDoor {
  /** A start token for a link: good once. @param lifetime milliseconds, at most `startLifetime` */
  issueStart(lifetime?: number): string
  /** Whether the request carries the cookie of a session of this host. */
  knows(request: IncomingMessage): boolean
  /** `/session`: POST `{"start": token}` opens one, GET says whether one is open. */
  serve(request: IncomingMessage, response: ServerResponse): Promise<void>
}

export interface SessionDoorParts {
  /** Cookies know no ports: the name says which host a session belongs to. */
  port(): number
  now?(): number
}

function startIn(body: string): string | null {
  try {
    const { start } = JSON.parse(body) as { start?: unknown }
    return typeof start === 'string' ? start : null
  } catch {
    return null
  }
}

export function createSessionDoor({ port, now }: SessionDoorParts): SessionDoor {
  const starts = createSecretRegister({ lifetime: startLifetime, ...(now === undefined ? {} : { now }) })
  const sessions = createSecretRegister()
  const cookieName = (): string => `tpp-${port()}`
  const knows = (request: IncomingMessage): boolean => sessions.accepts(soleCookie(request, cookieName()) ?? '')

  async function open(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isFromOwnPage(request)) return answer(response, { status: 403 })
    if (!isJson(request)) return answer(response, { status: 415 })
    const body = await readSmallBody(request)
    if (body === null) return answer(response, { status: 413, headers: { connection: 'close' } })
    const start = startIn(body)
    if (start === null) return answer(response, { status: 400 })
    if (!starts.redeem(start)) return answer(response, { status: 401, text: refusal })
    const cookie = `${cookieName()}=${sessions.issue()}; HttpOnly; SameSite=Strict; Path=/`
    answer(response, { status: 204, headers: { 'set-cookie': cookie } })
  }

  return {
    issueStart: starts.issue,
    knows,
    async serve(request, response) {
      if (request.method === 'POST') return open(request, response)
      if (request.method !== 'GET') return answer(response, { status: 405, headers: { allow: 'GET, POST' } })
      if (!mayRead(request)) return answer(response, { status: 403 })
      answer(response, knows(request) ? { status: 204 } : { status: 401, text: refusal })
    },
  }
}
