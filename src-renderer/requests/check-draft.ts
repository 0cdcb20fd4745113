/** What the engine says of a draft before it leaves: what would go out, and place by place what breaks the schema. */
import type { OperationDetail } from '#shared/contract/banks.ts'
import type { DraftInput, Exchange, Finding } from '#shared/contract/requests.ts'
import type { Fault, FaultCode } from '#shared/fault.ts'
import type { Api } from '../api.ts'

export interface BodyProblem {
  /** RFC 6901, empty for the whole body. */
  readonly pointer: string
  readonly message: string
}

export interface DraftCheck {
  readonly request: Exchange['request'] | null
  readonly findings: readonly Finding[]
  /** Why it is not sent as it stands. */
  readonly fault: Fault | null
  /** What would stop it although a person insists. */
  readonly obstacle: Fault | null
  /** By name of the parameter. */
  readonly parameters: Readonly<Record<string, string>>
  readonly body: readonly BodyProblem[]
}

type Ask = Api['requests']['preflight']

/** Problems of the draft that a person may send on purpose, to see what the bank says. */
const breaksSchema = new Set<FaultCode>(['BODY_INVALID', 'PARAMETER_MISSING', 'PARAMETER_INVALID'])
export const isSchemaFault = (fault: Fault): boolean => breaksSchema.has(fault.code)
export const isSchemaFinding = ({ id }: Finding): boolean => /^(parameter|body)-/.test(id)

type Answer =
  | { readonly request: Exchange['request']; readonly findings: readonly Finding[] }
  | { readonly fault: Fault }

const answerOf = (ask: Ask, draft: DraftInput): Promise<Answer> =>
  ask(draft).then(
    ({ request, findings }) => ({ request, findings }),
    (fault: unknown) => ({ fault: fault as Fault }),
  )

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

function bodyProblems(fault: Fault | null): readonly BodyProblem[] | null {
  if (fault === null || fault.code !== 'BODY_INVALID') return null
  return (fault.details.problems ?? []) as readonly BodyProblem[]
}

/** The body by itself: with examples for parameters, which would be refused before the body is looked at. */
async function checkBody(ask: Ask, draft: DraftInput, detail: OperationDetail): Promise<readonly BodyProblem[]> {
  const stand = detail.parameters
    .filter(({ required }) => required)
    .map(({ name, example, enum: values }) => [name, example ?? values[0] ?? 'x'])
  const alone: DraftInput = { ...draft, parameters: Object.fromEntries(stand) as Record<string, string>, insist: false }
  const answer = await answerOf(ask, { ...alone, headers: {}, identity: 'none', grant: 'none' })
  return 'fault' in answer ? (bodyProblems(answer.fault) ?? []) : []
}

/** Up to three questions: as it would be sent, as it would be sent on purpose, and the body alone where its turn never came. */
export async function checkDraft(ask: Ask, draft: DraftInput, detail: OperationDetail): Promise<DraftCheck> {
  const asIs = await answerOf(ask, draft)
  const fault = 'fault' in asIs ? asIs.fault : null
  const anyway = fault !== null && isSchemaFault(fault) ? await answerOf(ask, { ...draft, insist: true }) : asIs
  const obstacle = 'fault' in anyway ? anyway.fault : null
  const [request, findings] = 'fault' in anyway ? [null, []] : [anyway.request, anyway.findings]
  const body =
    (draft.body ?? '') === '' || fault?.code === 'BODY_INVALID' || (fault === null && !findings.some(isSchemaFinding))
      ? (bodyProblems(fault) ?? [])
      : await checkBody(ask, draft, detail)
  return { request, findings, fault, obstacle, parameters: parameterProblems(findings, obstacle ?? fault), body }
}
