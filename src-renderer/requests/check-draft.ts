/** What the engine says of a draft before it leaves: what would go out, and place by place what breaks the schema. */
import type { Exchange, Finding } from '#shared/contract/exchange.ts'
import type { DraftInput } from '#shared/contract/requests.ts'
import { Fault, type FaultCode, isFaultCode } from '#shared/fault.ts'
import type { Api } from '../api.ts'

export interface BodyProblem {
  /** RFC 6901, empty for the whole body. */
  readonly pointer: string
  readonly message: string
}

export interface DraftCheck {
  readonly request: Exchange['request'] | null
  /** How it would be signed; null where it is not. */
  readonly signature: Exchange['signature']
  readonly findings: readonly Finding[]
  /** Why it is not sent as it stands. */
  readonly fault: Fault | null
  /** What would stop it although a person insists. */
  readonly obstacle: Fault | null
  /** By name of the parameter. */
  readonly parameters: Readonly<Record<string, string>>
  readonly body: readonly BodyProblem[]
}

type Ask = Api['requests']['check']

/** Problems of the draft that a person may send on purpose, to see what the bank says. */
const breaksSchema = new Set<FaultCode>(['BODY_INVALID', 'PARAMETER_MISSING', 'PARAMETER_INVALID'])
export const isSchemaFault = (fault: Fault): boolean => breaksSchema.has(fault.code)
export const isSchemaFinding = ({ id }: Finding): boolean => /^(parameter|body)-/.test(id)

/** The sentence without what stands beside it anyway: the field's name and its value. */
function shortened(message: string): string {
  return message.replace(/^The parameter "[^"]*" /, '').replace(/ \(given: .*\)\.$/s, '')
}

/** Both forms name the parameter between quotes; a fault also in its details. */
export function parameterProblems(findings: readonly Finding[], fault: Fault | null): Record<string, string> {
  const named = findings
    .filter(({ id }) => id.startsWith('parameter-'))
    .map(({ message }) => [/parameter "([^"]+)"/.exec(message)?.[1] ?? '', shortened(message)])
  const own =
    fault?.code.startsWith('PARAMETER_') && typeof fault.details.parameter === 'string'
      ? [[fault.details.parameter, shortened(fault.message)]]
      : []
  return Object.fromEntries([...named, ...own].filter(([name]) => name !== '')) as Record<string, string>
}

type ToldFault = Awaited<ReturnType<Ask>>['fault']

const faultOf = (told: ToldFault): Fault | null =>
  told === null ? null : new Fault(isFaultCode(told.code) ? told.code : 'INTERNAL', told.message, told.details)

/** One question: the engine looks at the draft as it would be sent, and at what is behind the first thing that it refuses. */
export async function checkDraft(ask: Ask, draft: DraftInput): Promise<DraftCheck> {
  const { request, signature, findings, fault: asIs, obstacle: anyway, body } = await ask(draft)
  const [fault, obstacle] = [faultOf(asIs), faultOf(anyway)]
  return {
    request,
    signature,
    findings,
    fault,
    obstacle,
    parameters: parameterProblems(findings, obstacle ?? fault),
    body,
  }
}
