/** What the sandbox's pages of the PayEx ledger share: their looks, their forms, and the way back from them. */
import { escapeHtml, page } from '#sandbox/bank/page.ts'
import { type Answer, emptyAnswer, headerOf, type Received } from '#sandbox/net/answer.ts'
import { stylesheetPath } from './page-paths.ts'
import type { PayexSurroundings } from './payex-surroundings.ts'

export interface PayexPage {
  readonly title: string
  /** HTML below the heading, already escaped. */
  readonly body: string
  readonly reason: string
  readonly status?: number
  /** BCP 47; English where left out. */
  readonly language?: string
  /** Where the form sends the customer in the end. */
  readonly back?: URL
}

export const payexPage = ({ title, body, reason, status = 200, language, back }: PayexPage): Answer =>
  page({
    status,
    title: `PayEx: ${title}`,
    stylesheet: stylesheetPath,
    reason,
    body: `<h1>${escapeHtml(title)}</h1>\n${body}`,
    ...(language ? { language } : {}),
    ...(back ? { formTarget: back.origin } : {}),
  })

export const messagePage = (status: number, title: string, text: string): Answer =>
  payexPage({ status, title, body: `<p>${escapeHtml(text)}</p>`, reason: text })

export interface FormParts {
  readonly action: string
  readonly hidden: Readonly<Record<string, string>>
  /** HTML of the fields a person fills in. */
  readonly fields?: string
  readonly legend: string
  /** Value → label; the first is what `act-as-customer` takes. */
  readonly ways: Readonly<Record<string, string>>
  readonly deny?: string
}

const hiddenField = ([name, value]: [string, string]): string =>
  `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`

const button = (name: string, value: string, label: string): string =>
  `<button type="submit" name="${name}" value="${escapeHtml(value)}">${escapeHtml(label)}</button>`

export function formHtml({ action, hidden, fields = '', legend, ways, deny }: FormParts): string {
  const buttons = Object.entries(ways).map(([value, label]) => button('method', value, label))
  return `<form method="post" action="${action}">
${Object.entries(hidden).map(hiddenField).join('\n')}
<fieldset>
<legend>${escapeHtml(legend)}</legend>
${fields}
${buttons.join('\n')}
</fieldset>
${deny ? button('decision', 'deny', deny) : ''}
</form>`
}

export const definitions = (entries: Readonly<Record<string, string>>): string =>
  `<dl>\n${Object.entries(entries)
    .map(([term, text]) => `<dt>${escapeHtml(term)}</dt><dd>${escapeHtml(text)}</dd>`)
    .join('\n')}\n</dl>`

/** The fields of a form one of our own pages sent; an answer where another page did. */
export function sentForm(payex: PayexSurroundings, received: Received): URLSearchParams | Answer {
  const origin = headerOf(received, 'origin')
  if (origin !== undefined && origin !== new URL(payex.baseUrl('pages')).origin)
    return messagePage(403, 'Refused', 'This form was sent from another page.')
  return new URLSearchParams(received.body.toString('utf8'))
}

/** Where a page was asked to send the customer: https, or this machine; null where nothing was asked for. */
export function wayBack(text: string | null): URL | null | Answer {
  if (text === null || text === '') return null
  const url = URL.canParse(text) ? new URL(text) : null
  const loopback = url?.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)
  if (url && (url.protocol === 'https:' || loopback)) return url
  return messagePage(400, 'Wrong way back', 'redirect_uri is neither https nor an address of this machine.')
}

export const isAnswer = (value: unknown): value is Answer =>
  typeof value === 'object' && value !== null && 'status' in value && 'headers' in value

/** @param result parameters for the page the customer is sent to. */
export function sendBack(to: URL | string, result: Readonly<Record<string, string>>, reason: string): Answer {
  const url = new URL(to)
  for (const [name, value] of Object.entries(result)) url.searchParams.append(name, value)
  return emptyAnswer(303, reason, { location: url.href, 'referrer-policy': 'no-referrer' })
}
