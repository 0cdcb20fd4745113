/** A sandbox with the PayEx ledger only, and the calls its tests make again and again; every answer is held against the document. */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Agent } from 'node:https'
import { findCustomer } from '#sandbox/banks/payex-ledger/customers.ts'
import type { PsuOutcome } from '#shared/sandbox-protocol.ts'
import { closedDocument } from './closed-document.ts'
import { documentedAnswers } from './documented-answers.ts'
import { removeHome, type SandboxProcess, scratchHome, startSandbox } from './sandbox-process.ts'
import { type TestControl, testControl } from './test-control.ts'
import { exchange, type TestAnswer } from './test-exchange.ts'

const bank = 'payex-ledger'

export interface PayexCall {
  readonly ownerNo?: string
  readonly token?: string | null
  /** `{}` where left out; a text goes as it is. */
  readonly body?: unknown
}

/** One customer's pre-authorization, on a tenant of its own so that clock and faults disturb nobody. */
export interface PayexCase {
  readonly token: string
  readonly tenant: string
  call(operation: string, options?: PayexCall): Promise<TestAnswer>
  /** Begins the identification, logs in at Curity, hands in what comes back. */
  identify(): Promise<void>
  /** Plays the customer on a page. */
  act(url: unknown, decision?: 'approve' | 'deny'): Promise<PsuOutcome>
  /** @param to seconds since the case was opened. */
  clock(to: number): Promise<void>
}

export interface PayexDesk {
  readonly sandbox: SandboxProcess
  readonly control: TestControl
  page(path: string): string
  open(customer: string): Promise<PayexCase>
  close(): Promise<void>
}

let cases = 0

const countryOf = { SE: 'bankid-se', NO: 'bankid-no', DK: 'mitid-dk' } as const
const verifyOf = {
  SE: 'payex-verify-authentication',
  NO: 'payex-verify-bankid-no-authentication',
  DK: 'payex-verify-mitid-dk-authentication',
} as const

/** Logs in as a browser would and returns what arrives at the way back. */
export async function logIn(login: string, customer: string, state?: unknown): Promise<URLSearchParams> {
  const response = await fetch(login, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({
      customer,
      method: 'bankid',
      redirect_uri: 'https://shop.example/back',
      ...(state === undefined ? {} : { state: state as string }),
    }),
  })
  const location = response.headers.get('location')
  if (!location) throw new Error(await response.text())
  return new URL(location).searchParams
}

type Send = (operation: string, ownerNo: string, token: string | null, body: unknown) => Promise<TestAnswer>

interface CaseParts extends Pick<PayexDesk, 'control' | 'page'> {
  readonly send: Send
}

async function openCase({ control, page, send }: CaseParts, key: string): Promise<PayexCase> {
  const customer = findCustomer(key)
  if (!customer) throw new Error(`There is no customer ${key}.`)
  cases += 1
  const tenant = `PSDSE-FINA-px${cases}`
  await control.moveClock(tenant, 0)
  const token = `payex~${key}~${randomBytes(4).toString('hex')}~${tenant}`
  const call: PayexCase['call'] = (operation, { ownerNo = customer.ledger, token: other = token, body = {} } = {}) =>
    send(operation, ownerNo, other, body)
  return {
    token,
    tenant,
    call,
    identify: async () => {
      const { country } = customer
      const { json } = await call(`payex-begin-${countryOf[country]}-authentication`)
      const back = await logIn(page('/curity/login'), key, json.preAuthorizationId)
      const { status, text } = await call(verifyOf[country], { body: Object.fromEntries(back) })
      if (status !== 201) throw new Error(text)
    },
    act: async (url, decision = 'approve') => {
      const { status, json } = await control.send('POST', `/banks/${bank}/psu`, { url, psu: customer.name, decision })
      if (status !== 200) throw new Error(JSON.stringify(json))
      return json as PsuOutcome
    },
    clock: (to) => control.moveClock(tenant, to),
  }
}

export async function openPayexDesk(): Promise<PayexDesk> {
  const sandbox = await startSandbox(scratchHome(), ['--bank', bank])
  const documented = await documentedAnswers(bank, closedDocument)
  const control = testControl(sandbox.running)
  const { urls } = sandbox.running.banks[0] ?? { urls: {} as Record<string, string> }
  const agent = new Agent({ ca: readFileSync(sandbox.running.ca), keepAlive: true })
  const page = (path: string): string => `${urls.pages}${path}`

  const send: Send = async (operation, ownerNo, token, body) => {
    const { method, path, host } = documented.operation(operation)
    const answer = await exchange(agent, {
      method,
      url: `${urls[host]}${path.replace('{ownerNo}', ownerNo)}`,
      headers: { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
      ...(method === 'GET' ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const type = answer.status === 204 ? undefined : `application/${answer.status < 400 ? '' : 'problem+'}json`
    const findings = documented.findings(operation, answer.status, answer.text === '' ? null : answer.json)
    if (answer.headers['content-type'] !== type)
      findings.push(`Content-Type is ${String(answer.headers['content-type'])}`)
    if (findings.length > 0) throw new Error(`${operation}: ${findings.join('; ')}\n${answer.text}`)
    return answer
  }

  return {
    sandbox,
    control,
    page,
    open: (key) => openCase({ control, page, send }, key),
    close: async () => {
      agent.destroy()
      await sandbox.stop()
      removeHome(sandbox.home)
    },
  }
}
