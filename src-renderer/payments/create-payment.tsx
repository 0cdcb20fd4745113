/** Creates a payment or mandate: the product, the form it asks for, the grant it needs, and what the bank says. */
import { useMemo } from 'react'
import type { BankDetail, BankView, OperationDetail } from '#shared/contract/banks.ts'
import type { Exchange } from '#shared/contract/exchange.ts'
import type { ResourceProfile } from '#shared/resource-profile.ts'
import { api } from '../api.ts'
import { createdThings } from '../created-things.ts'
import { succeeded } from '../exchange/exchange-line.tsx'
import { shapeFor } from '../forms/form-shape.ts'
import { OperationForm } from '../forms/operation-form.tsx'
import { sandboxCustomerAddress, takeAddress } from '../presence.ts'
import { isChallenge } from '../requests/challenge-link.ts'
import { useOperationDetail } from '../requests/operation-details.ts'
import { useSelection } from '../selection.ts'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { Loading } from '../ui/notice.tsx'
import { Section } from '../ui/section.tsx'
import { useLoaded } from '../ui/use-loaded.ts'
import { choose } from './chosen.ts'
import { CustomerPart } from './customer-part.tsx'
import { type PaymentKind, paymentWords } from './payment-words.ts'
import { WithGrant } from './with-grant.tsx'

/** Where the Berlin Group's framework names the customer and where they are, at every bank that follows it. */
const aboutCustomer = ['PSU-IP-Address', 'PSU-ID', 'PSU-Corporate-ID']

interface Here {
  readonly bank: BankDetail
  readonly environment: BankView['environments'][number]
  readonly kind: PaymentKind
  readonly profile: ResourceProfile
}

/** Of each path parameter the values that make the thing of this kind. */
function choicesOf({ parameters }: OperationDetail, { when }: ResourceProfile): Record<string, readonly string[]> {
  return Object.fromEntries(
    parameters
      .filter((each) => each.in === 'path' && (each.enum.length > 0 || when[each.name] !== undefined))
      .map(({ name, enum: values }) => [name, when[name] ?? values]),
  )
}

/** What is sent where nobody typed anything: the first product, the document's examples, the way back to this machine. */
function defaultsOf(
  bank: BankDetail,
  detail: OperationDetail,
  choices: ReturnType<typeof choicesOf>,
  uri: string | null,
  invented: boolean,
) {
  const values = detail.parameters.flatMap(
    ({ name, required, example, computed, value, in: place }): [string, string][] => {
      if (place === 'path') return choices[name]?.[0] === undefined ? [] : [[name, choices[name][0]]]
      if (name.toLowerCase() === bank.returnHeader?.toLowerCase()) return uri === null ? [] : [[name, uri]]
      // At a real bank the customer's address is the customer's: nobody else's is put in its place.
      if (name.toLowerCase() === bank.presence?.header.toLowerCase())
        return invented ? [[name, sandboxCustomerAddress]] : []
      const wanted = required && computed === null && value === null
      return wanted && example !== null ? [[name, example]] : []
    },
  )
  return Object.fromEntries(values)
}

/** The bank's id of what an answer created. */
function idIn({ response }: Exchange, { id }: ResourceProfile): string | null {
  try {
    const value = (JSON.parse(response?.body ?? '') as Record<string, unknown>)[id ?? '']
    return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null
  } catch {
    return null
  }
}

async function showCreated(exchange: Exchange, { bank: at, kind, profile }: Omit<Here, 'environment'>): Promise<void> {
  if (!succeeded(exchange)) return
  const { bank, environment } = exchange
  const id = idIn(exchange, profile)
  // Asked for here: of several refreshings under way only the newest fills the list.
  const made = (await api.access.consents({ bank, environment })).find(
    (each) => each.resource === id && each.kind === kind,
  )
  await createdThings.refresh()
  if (made === undefined) return
  takeAddress(made.id, at.presence?.header ?? null, exchange)
  choose(kind, bank, made.id)
}

function Form({ detail, grant, ...here }: Here & { readonly detail: OperationDetail; readonly grant: string | null }) {
  const { bank, environment, kind, profile } = here
  const { identity } = useSelection()
  const address = useLoaded(bank.returnHeader === null ? null : bank.id, (id) => api.access.returnAddress({ bank: id }))
  const choices = useMemo(() => choicesOf(detail, profile), [detail, profile])
  const defaults = defaultsOf(bank, detail, choices, address.value?.uri ?? null, environment.kind === 'local-sandbox')
  const name = `${kind} ${bank.id}`
  const front = [...aboutCustomer, bank.returnHeader, bank.unattended?.presentHeader].filter((each) => each != null)
  const answered = (exchange: Exchange) => void showCreated(exchange, here)
  return (
    <>
      <OperationForm
        key={name}
        name={name}
        detail={detail}
        bank={bank.id}
        environment={environment.id}
        identity={identity?.id ?? null}
        {...(grant === null ? {} : { grant })}
        defaults={defaults}
        choices={choices}
        front={front}
        shapeOf={(values) => shapeFor(profile, values)}
        submit={paymentWords[kind].create}
        isStep={(exchange) => isChallenge(bank, exchange)}
        onAnswer={answered}
      />
      <CustomerPart bank={bank} name={name} onAnswer={answered} />
    </>
  )
}

export function CreatePayment(here: Here) {
  const { bank, environment, kind, profile } = here
  const { detail, fault, loading } = useOperationDetail(bank.id, environment.id, profile.create)
  if (detail === null)
    return loading ? <Loading what="The form" /> : <FaultNotice fault={fault} title="The form cannot be made" />
  const refused = environment.kind === 'local-sandbox' ? null : detail.notOffered[environment.kind]
  return (
    <Section title={paymentWords[kind].add}>
      {refused !== null && <p className="text-caution">{refused}</p>}
      {detail.scope === null ? (
        <Form {...here} detail={detail} grant={null} />
      ) : (
        <WithGrant bank={bank} environment={environment} scope={detail.scope}>
          {(grant) => <Form {...here} detail={detail} grant={grant} />}
        </WithGrant>
      )}
    </Section>
  )
}
