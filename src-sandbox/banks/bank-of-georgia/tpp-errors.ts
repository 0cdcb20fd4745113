/** The bank's error body: tppMessages, or the framework's problem where the client takes nothing else. */
import type { Problem } from '#sandbox/bank/problem-rows.ts'
import type { PlainCall } from '#sandbox/bank/simulated-bank.ts'
import { type Answer, headerOf, jsonAnswer } from '#sandbox/net/answer.ts'
import type { Refusal } from './bog-surroundings.ts'

const longestText = 500

const sentence = (text: string): string => {
  const cut = text.slice(0, longestText - 1)
  return `${cut.charAt(0).toUpperCase()}${cut.slice(1)}${cut.endsWith('.') ? '' : '.'}`
}

const wantsProblem = (accept = ''): boolean =>
  accept.includes('application/problem+json') && !accept.includes('application/json')

export function tppErrors(
  { status, title, code }: Problem,
  row: string,
  { reason, text, path }: Refusal,
  call?: Pick<PlainCall, 'received'>,
): Answer {
  const words = sentence(text ?? reason)
  const logged = `${row}: ${reason}`
  if (call && wantsProblem(headerOf(call.received, 'accept')))
    return jsonAnswer(
      status,
      { type: `https://berlingroup.com/error-codes/${code}`, title, detail: words, code },
      logged,
      { 'content-type': 'application/problem+json' },
    )
  const message = { category: 'ERROR', code, ...(path && { path }), text: words }
  return jsonAnswer(status, { tppMessages: [message] }, logged)
}
