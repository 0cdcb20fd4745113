/** Which accounts a consent is for and what of each may be read: a row per account, a column per right. */
import { type KeyboardEvent, useState } from 'react'
import { ibanProblem } from '#shared/iban.ts'
import type { FieldProblem } from '../forms/field-input.tsx'
import type { Json } from '../forms/json-value.ts'
import { Button } from '../ui/button.tsx'
import { SelectField, TextField } from '../ui/field.tsx'
import {
  type AccessShape,
  accountName,
  accountsIn,
  hasRight,
  withAccount,
  withoutAccount,
  withRight,
  withWord,
  wordIn,
} from './account-access.ts'
import type { SandboxAccount } from './known-accounts.ts'

interface Shown {
  readonly shape: AccessShape
  readonly document: Json
  readonly onChange: (document: Json) => void
}

interface Choices {
  /** IBANs that earlier calls told of. */
  readonly known: readonly string[]
  readonly ofSandbox: readonly SandboxAccount[]
}

interface Offer {
  readonly legend: string
  readonly offered: readonly SandboxAccount[]
}

const wordKey = (name: string, value: string): string => `${name} ${value}`

/** `allAccountsWithOwnerName` → `all accounts with owner name`. */
const plain = (value: string): string => value.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()

function Extent({ shape, document, onChange }: Shown) {
  const word = wordIn(document, shape)
  const chosen = word === null ? '' : wordKey(word.name, word.value)
  const described = shape.words.find(({ name }) => name === word?.name)?.description
  return (
    <SelectField
      label="Which accounts"
      hint={described ?? 'Each account by its IBAN, with what may be read of it.'}
      value={chosen}
      onChange={({ target }) => {
        const [name = '', value = ''] = target.value.split(' ')
        onChange(withWord(document, shape, target.value === '' ? null : name, value))
      }}
    >
      <option value="">Named accounts</option>
      {shape.words.flatMap(({ name, label, values }) =>
        values.map((value) => (
          <option key={wordKey(name, value)} value={wordKey(name, value)}>
            {label}: {plain(value)}
          </option>
        )),
      )}
    </SelectField>
  )
}

function AccountRow({ shape, document, onChange, account }: Shown & { readonly account: Json }) {
  const name = accountName(account)
  return (
    <tr className="h-8 border-t border-line">
      <th scope="row" className="px-2 text-left font-mono font-normal wrap-anywhere">
        {name}
      </th>
      {shape.rights.map((right) => (
        <td key={right.name} className="px-2 text-center">
          <input
            type="checkbox"
            aria-label={`${right.label} of ${name}`}
            checked={hasRight(document, right, account)}
            onChange={({ target }) => onChange(withRight(document, right, account, target.checked))}
            className="size-4 accent-accent"
          />
        </td>
      ))}
      <td className="text-right">
        <Button
          kind="quiet"
          aria-label={`Remove ${name}`}
          onClick={() => onChange(withoutAccount(document, shape, account))}
        >
          Remove
        </Button>
      </td>
    </tr>
  )
}

function Accounts({ accounts, ...shown }: Shown & { readonly accounts: readonly Json[] }) {
  if (accounts.length === 0)
    return <p className="text-muted">No account yet: pick one where some are offered, or type its IBAN.</p>
  return (
    <div className="overflow-x-auto">
      <table aria-label="Access per account" className="w-full">
        <thead>
          <tr className="h-7 text-sm text-muted">
            <th scope="col" className="px-2 text-left font-normal">
              Account
            </th>
            {shown.shape.rights.map(({ name, label, description }) => (
              <th key={name} scope="col" title={description} className="px-2 font-normal">
                {label}
              </th>
            ))}
            <th scope="col">
              <span className="sr-only">Remove</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {accounts.map((account) => (
            <AccountRow key={accountName(account)} account={account} {...shown} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Offered({ legend, offered, onAdd }: Offer & { readonly onAdd: (iban: string) => void }) {
  if (offered.length === 0) return null
  return (
    <fieldset className="flex flex-wrap items-center gap-1">
      <legend className="text-sm text-muted">{legend}</legend>
      {offered.map(({ iban, holders }) => (
        <Button key={iban} onClick={() => onAdd(iban)}>
          <span className="font-mono">
            <span aria-hidden="true">+ </span>
            <span className="sr-only">Add </span>
            {iban}
          </span>
          {holders !== '' && <span className="text-muted"> {holders}</span>}
        </Button>
      ))}
    </fieldset>
  )
}

function AddAccount({
  known,
  ofSandbox,
  taken,
  onAdd,
}: Choices & {
  readonly taken: ReadonlySet<string>
  readonly onAdd: (iban: string) => void
}) {
  const [typed, setTyped] = useState('')
  const iban = typed.replaceAll(/\s/g, '').toUpperCase()
  const [problem, setProblem] = useState<string | null>(null)
  const add = () => {
    const form = /^[A-Z]{2}\d{2}[A-Z0-9]{1,30}$/.test(iban)
    if (!form) return setProblem('This does not have the form of an IBAN.')
    if (taken.has(iban)) return setProblem('It stands in the list already.')
    setProblem(null)
    setTyped('')
    onAdd(iban)
  }
  const isFree = (each: string) => !taken.has(each)
  // Banks' samples have wrong check digits: said, and not stood in the way.
  const doubt = iban.length >= 15 ? ibanProblem(iban) : null
  return (
    <div className="flex flex-col gap-2">
      <Offered
        legend="Known from earlier calls"
        offered={known.filter(isFree).map((each) => ({ iban: each, holders: '' }))}
        onAdd={onAdd}
      />
      <Offered
        legend="Accounts of the sandbox’s customers"
        offered={ofSandbox.filter((each) => isFree(each.iban) && !known.includes(each.iban))}
        onAdd={onAdd}
      />
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <TextField
            label="IBAN of another account"
            className="font-mono"
            value={typed}
            problem={problem}
            {...(doubt === null ? {} : { hint: `This ${doubt} (ISO 13616).` })}
            onChange={({ target }) => {
              setProblem(null)
              setTyped(target.value)
            }}
            onKeyDown={(event: KeyboardEvent) => {
              if (event.key !== 'Enter') return
              event.preventDefault()
              add()
            }}
          />
        </div>
        <Button className="mt-5" disabled={iban === ''} onClick={add}>
          Add account
        </Button>
      </div>
    </div>
  )
}

export function AccessMatrix({
  known,
  ofSandbox,
  problems,
  ...shown
}: Shown & Choices & { readonly problems: readonly FieldProblem[] }) {
  const { shape, document, onChange } = shown
  const accounts = accountsIn(document, shape)
  const taken = new Set(accounts.map((account) => accountName(account)))
  const all = wordIn(document, shape) !== null
  return (
    <fieldset className="flex flex-col gap-3 rounded-md border border-line px-3 pt-1 pb-3">
      <legend className="px-1">{shape.label}</legend>
      {shape.words.length > 0 && <Extent {...shown} />}
      {!all && <Accounts accounts={accounts} {...shown} />}
      {!all && (
        <AddAccount
          known={known}
          ofSandbox={ofSandbox}
          taken={taken}
          onAdd={(iban) => onChange(withAccount(document, shape, { iban }))}
        />
      )}
      {problems.map(({ tone, text }) => (
        <p key={text} role="alert" className={`text-sm ${tone === 'bad' ? 'text-bad' : 'text-caution'}`}>
          {text}
        </p>
      ))}
    </fieldset>
  )
}
