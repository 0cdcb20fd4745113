/** Plays the customer: opens the bank's page as a browser would, clicks, and follows the redirect to the callback. */

import type { z } from 'zod'
import type { PsuOutcome, psuActionSchema, SandboxCustomer } from '#shared/sandbox-protocol.ts'
import { readForm } from './form-reader.ts'
import { Refusal } from './refusal.ts'
import type { Browse, SteeredBank } from './steering.ts'

type Action = z.output<typeof psuActionSchema>

export interface Manner {
  readonly browse: Browse
  /** Whether a callback on this machine is opened too. */
  readonly callsBack: boolean
}

function ownPage({ pages }: SteeredBank, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !pages.includes(url.origin))
    throw new Refusal(400, 'url_foreign', 'The URL is not of a page of this bank in this sandbox.')
  return url
}

function customerOf({ bank }: SteeredBank, name: string): SandboxCustomer {
  const customer = bank.customers.find((candidate) => candidate.name === name)
  if (customer) return customer
  const names = bank.customers.map((candidate) => candidate.name).join(', ')
  throw new Refusal(404, 'customer_unknown', `The bank has no customer ${name}; it has ${names}.`)
}

/** @param shown what the page's URL or the page itself says about the customer it is for. */
function checkCustomer({ parameters, name }: SandboxCustomer, shown: (parameter: string) => string | null): void {
  for (const [parameter, own] of Object.entries(parameters)) {
    const asked = shown(parameter)
    if (asked !== null && asked !== own)
      throw new Refusal(
        409,
        'customer_other',
        `The page asks for another customer than ${name} (${parameter} differs).`,
      )
  }
}

const isLoopback = (url: URL): boolean =>
  url.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)

/** Follows only to this machine: the callback of a real TPP is not the sandbox's to call. */
async function follow(response: Response, from: URL, { browse, callsBack }: Manner): Promise<PsuOutcome> {
  const location = response.headers.get('location')
  if (!location) {
    const text = (await response.text()).match(/<h1>(.*?)<\/h1>\s*<p>(.*?)<\/p>/s)
    const words = text ? `: ${text[1]}: ${text[2]}` : ''
    throw new Refusal(
      409,
      'page_refused',
      `The bank's page answered ${response.status} and sent the customer nowhere${words}`,
    )
  }
  const target = new URL(location, from)
  const redirectedTo = `${target.origin}${target.pathname}`
  if (!isLoopback(target)) return { redirectedTo, callbackStatus: null }
  if (!callsBack) return { redirectedTo, callbackStatus: null, callback: target.href }
  const callback = await browse(target).catch(() => null)
  return { redirectedTo, callbackStatus: callback?.status ?? null }
}

export async function actAsCustomer(steered: SteeredBank, action: Action, manner: Manner): Promise<PsuOutcome> {
  const url = ownPage(steered, action.url)
  const customer = customerOf(steered, action.psu)
  checkCustomer(customer, (name) => url.searchParams.get(name))
  const shown = await manner.browse(url)
  if (shown.status !== 200) return await follow(shown, url, manner)
  const form = readForm(await shown.text())
  checkCustomer(customer, (name) => form.hidden[name] ?? null)
  if (action.decision === 'abandon') return { redirectedTo: null, callbackStatus: null }
  const denies = action.decision === 'deny' || steered.bank.alwaysDenies(action.psu)
  const button = denies ? form.denyButton : form.button(action.method)
  if (!button) {
    const ways = form.ways.join(', ')
    throw new Refusal(400, 'method_unknown', `The page has no way to sign called ${action.method}; it has ${ways}.`)
  }
  const filled = Object.entries(customer.parameters).filter(([name]) => form.asked.includes(name))
  const target = new URL(form.action, url)
  const fields = { ...form.hidden, ...Object.fromEntries(filled), [button.name]: button.value }
  const answer = await manner.browse(target, new URLSearchParams(fields))
  return await follow(answer, target, manner)
}
