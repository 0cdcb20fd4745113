/** Who has to authorise one consent or payment, as every view lists them: each with its status, and the form that tells the bank who it is. */
import type { BankDetail, OperationView } from '#shared/contract/banks.ts'
import type { Remembered } from '#shared/contract/followed.ts'
import type { AuthorisationCalls } from '#shared/resource-profile.ts'
import { AuthorisationRow } from '../access/authorisation-row.tsx'
import { FaultRemedy } from '../access/fault-remedy.tsx'
import { keyStoreOpen } from '../access/key-store-open.ts'
import { type SignerCall, SignerForm } from '../access/signer-form.tsx'
import { ExchangeLine } from '../exchange/exchange-line.tsx'
import { remembered } from '../live-data.ts'
import type { Presence } from '../presence.ts'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { sendDraft, useSending } from './sending.ts'

export interface SignersOf {
  readonly bank: BankDetail
  readonly thing: Remembered
  readonly operations: readonly OperationView[]
}

/** Payment and standing order may share their calls: their kinds are in the data once each. */
export const authorisationCalls = ({ bank, thing }: Pick<SignersOf, 'bank' | 'thing'>): readonly AuthorisationCalls[] =>
  bank.resources.find(({ kind }) => kind === thing.kind)?.authorisations ?? []

/** One of the calls about its authorisations, the ids in its path filled in; null where the bank has no such call. */
export function callAbout(
  { bank, thing, operations }: SignersOf,
  id: string | undefined,
): Pick<SignerCall, 'operation' | 'parameters'> | null {
  const operation = operations.find((each) => each.id === id)
  if (operation === undefined) return null
  const own = bank.resources.find(({ kind }) => kind === thing.kind)?.parameters ?? []
  const known: Readonly<Record<string, string>> = {
    ...thing.parameters,
    ...Object.fromEntries(own.map((name) => [name, thing.resource])),
  }
  const names = [...operation.path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name!)
  const filled = names.flatMap((name): [string, string][] => (known[name] === undefined ? [] : [[name, known[name]]]))
  return { operation, parameters: Object.fromEntries(filled) }
}

/** Where the bank asks the TPP for the customer's data, the call that hands it over. */
function updateOf(of: SignersOf, { id, purpose }: Remembered['authorisations'][number]): SignerCall | null {
  const calls = authorisationCalls(of).find((each) => each.purpose === purpose)
  const found = callAbout(of, calls?.update)
  if (calls === undefined || found === null) return null
  const parameters = { ...found.parameters, [calls.parameter]: id }
  return { ...found, parameters, title: `Customer data for ${id}`, submit: 'Send the customer’s data' }
}

const askName = (thing: Remembered): string => `signers ${thing.id}`

/** Asks the bank which authorisations there are: others than the workbench began may be among them. */
export function AskForSigners({
  list,
  presence,
  ...of
}: SignersOf & { readonly list: string | undefined; readonly presence: Presence }) {
  const { thing } = of
  const { busy } = useSending(askName(thing))
  const found = callAbout(of, list)
  if (found === null) return null
  const ask = async () => {
    if (!keyStoreOpen()) return
    await sendDraft(askName(thing), {
      bank: thing.bank,
      environment: thing.environment,
      operation: found.operation.id,
      parameters: { ...found.parameters, ...presence.forCall(found.operation.id) },
      ...(thing.identity === null ? {} : { identity: thing.identity }),
    })
    await remembered.refresh()
  }
  return (
    <Button kind="quiet" busy={busy} onClick={() => void ask()}>
      Ask the bank for the list
    </Button>
  )
}

/** What the bank said to that. */
export function SignersTold({ thing }: { readonly thing: Remembered }) {
  const { exchange, draft, fault } = useSending(askName(thing))
  return (
    <>
      {exchange !== null && <ExchangeLine exchange={exchange} draft={draft} />}
      <FaultNotice fault={fault} title="The list was not told" action={<FaultRemedy fault={fault} />} />
    </>
  )
}

export function SignerList({
  presence,
  open,
  onOpen,
  ...of
}: SignersOf & {
  readonly presence: Presence
  /** The form that is open, also one a view opened itself. */
  readonly open: SignerCall | null
  readonly onOpen: (call: SignerCall | null) => void
}) {
  const { bank, thing } = of
  const { parameters } = presence
  return (
    <>
      {thing.authorisations.length > 0 && (
        <ul aria-label="Authorisations of it">
          {thing.authorisations.map((each) => {
            const update = updateOf(of, each)
            return (
              <AuthorisationRow
                key={`${each.purpose} ${each.id}`}
                bank={bank}
                consent={thing}
                parameters={parameters}
                authorisation={each}
                onUpdate={update === null ? null : () => onOpen(update)}
              />
            )
          })}
        </ul>
      )}
      {open !== null && (
        <SignerForm
          key={`${open.operation.id} ${Object.values(open.parameters).join(' ')}`}
          bank={bank}
          consent={thing}
          call={open}
          present={parameters}
          onClose={() => onOpen(null)}
        />
      )}
    </>
  )
}
