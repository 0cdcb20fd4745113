/** The state of a form for one operation: what is typed over the defaults, the draft it makes, and what the engine says of it. */
import { useMemo, useState } from 'react'
import type { OperationDetail } from '#shared/contract/banks.ts'
import type { Exchange } from '#shared/contract/exchange.ts'
import type { DraftInput } from '#shared/contract/requests.ts'
import { keyStoreOpen } from '../access/key-store-open.ts'
import { api } from '../api.ts'
import { checkDraft } from '../requests/check-draft.ts'
import { usePreflight } from '../requests/use-preflight.ts'
import { documentOf } from './body-editor.tsx'
import { type FormDraft, useFormDraft } from './form-drafts.ts'
import { type Field, formFields, plainShape } from './form-fields.ts'
import { type FormProblems, formProblems, wouldBeRefused } from './form-problems.ts'
import type { ProductShape } from './form-shape.ts'
import { placesOf } from './schema-form.tsx'
import { type Sending, sendDraft, setSending, useSending } from './sending.ts'

export interface OperationFormInput {
  /** What was typed is kept under it. */
  readonly name: string
  readonly detail: OperationDetail
  readonly bank: string
  readonly environment: string
  readonly identity: string | null
  readonly grant?: string
  /** Sent where nothing was typed. */
  readonly defaults: Readonly<Record<string, string>>
  /** What the product that is chosen asks for, by the effective parameters. */
  readonly shapeOf?: (values: Readonly<Record<string, string>>) => ProductShape
}

export interface OperationFormState {
  readonly draft: FormDraft
  /** Typed, or the default. */
  readonly values: Readonly<Record<string, string>>
  readonly fields: readonly Field[]
  readonly shape: ProductShape
  readonly problems: FormProblems
  readonly preflight: ReturnType<typeof usePreflight>
  readonly sending: Sending
  /** It was not sent because of what is known to be wrong with it; it can be sent all the same. */
  readonly held: boolean
  /** A person tried to send. */
  readonly told: boolean
  readonly change: (change: Partial<FormDraft>) => void
  readonly setParameter: (name: string, value: string) => void
  /** @returns the answer; null where nothing was sent or nothing came back */
  readonly send: (insist: boolean) => Promise<Exchange | null>
}

const noShape: ProductShape = { ...plainShape, example: null, notes: [] }
const empty: FormDraft = { parameters: {}, body: '', raw: false }

function draftOf(
  { bank, environment, identity, grant, detail }: OperationFormInput,
  values: Readonly<Record<string, string>>,
  body: string,
): DraftInput {
  const taken = new Set(detail.parameters.map(({ name }) => name))
  return {
    bank,
    environment,
    operation: detail.id,
    parameters: Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== '' && taken.has(name))),
    ...(detail.body === null || body === '' ? {} : { body }),
    ...(identity === null ? {} : { identity }),
    ...(grant === undefined ? {} : { grant }),
    insist: false,
  }
}

export function useOperationForm(input: OperationFormInput): OperationFormState {
  const { name, detail, defaults, shapeOf } = input
  const [typed, setDraft] = useFormDraft(name, detail.secrets)
  const draft = typed ?? empty
  const [told, setTold] = useState(false)
  const [held, setHeld] = useState(false)
  const sending = useSending(name)
  const values = { ...defaults, ...draft.parameters }
  const shape = shapeOf?.(values) ?? noShape
  // A form that was sent empty fields is shown them; a call without a body is sent an empty object by nobody.
  const body = draft.body === '' && detail.body?.required === true ? '{}' : draft.body
  const call = draftOf(input, values, body)
  const preflight = usePreflight(call)
  const schema = detail.body?.schema
  const required = [...shape.required].join(' ')
  // The shape is made anew with every letter; the fields change only with what it asks for.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `required` says all of it
  const fields = useMemo(() => (schema === undefined ? [] : formFields(schema, shape)), [schema, required])
  const document = useMemo(() => documentOf(draft.body) ?? {}, [draft.body])
  const problems = formProblems(preflight, document, placesOf(fields, document), told)
  const change = (part: Partial<FormDraft>) => {
    setHeld(false)
    setDraft({ ...draft, ...part })
  }
  const send = async (insist: boolean): Promise<Exchange | null> => {
    setTold(true)
    if (!keyStoreOpen()) return null
    setHeld(false)
    if (!insist) {
      setSending(name, { busy: true, exchange: null, fault: null })
      const check = await checkDraft(api.requests.check, call).catch(() => null)
      setSending(name, { busy: false })
      if (check !== null && check.obstacle === null && wouldBeRefused(check)) {
        setHeld(true)
        return null
      }
    }
    const exchange = await sendDraft(name, { ...call, insist })
    if (exchange !== null) setTold(false)
    return exchange
  }
  return {
    draft,
    values,
    fields,
    shape,
    problems,
    preflight,
    sending,
    held,
    told,
    change,
    setParameter: (parameter, value) => change({ parameters: { ...draft.parameters, [parameter]: value } }),
    send,
  }
}
