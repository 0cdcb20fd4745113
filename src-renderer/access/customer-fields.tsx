/** Who is asked: fields for what the bank wants to know, or a customer of the sandbox who fills them in. */
import type { BankDetail } from '#shared/contract/banks.ts'
import type { SandboxCustomer } from '#shared/sandbox-protocol.ts'
import { SelectField, TextField } from '../ui/field.tsx'
import { type CustomerChoice, customerProblem } from './customer-choice.ts'

const somebodyElse = ''

interface Props {
  readonly bank: BankDetail
  /** Empty outside the local sandbox. */
  readonly customers: readonly SandboxCustomer[]
  readonly choice: CustomerChoice
  readonly onChange: (choice: CustomerChoice) => void
  readonly told: boolean
}

function TypedFields({ bank, choice, onChange, told }: Props) {
  return bank.customerParameters.map((parameter) => {
    const { name, label, secret } = parameter
    const value = choice.typed[name] ?? ''
    return (
      <TextField
        key={name}
        label={label}
        value={value}
        type={secret ? 'password' : 'text'}
        // Not "off": browsers offer to keep a password all the same.
        autoComplete={secret ? 'one-time-code' : 'off'}
        hint={secret ? 'Sent to the bank once, kept nowhere.' : undefined}
        problem={told ? customerProblem(parameter, value) : null}
        onChange={(event) => onChange({ ...choice, typed: { ...choice.typed, [name]: event.target.value.trim() } })}
      />
    )
  })
}

function Clicking({ choice, onChange }: Props) {
  return (
    <>
      <label className="flex items-center gap-2">
        <input
          type="checkbox"
          className="accent-accent"
          checked={choice.click}
          onChange={(event) => onChange({ ...choice, click: event.target.checked })}
        />
        Let the sandbox click for the customer
      </label>
      {choice.click && (
        <SelectField
          label="The customer"
          value={choice.decision}
          onChange={(event) => onChange({ ...choice, decision: event.target.value as CustomerChoice['decision'] })}
        >
          <option value="approve">approves</option>
          <option value="deny">declines</option>
          <option value="abandon">walks away</option>
        </SelectField>
      )}
    </>
  )
}

export function CustomerFields(props: Props) {
  const { customers, choice, onChange } = props
  if (customers.length === 0) return <TypedFields {...props} />
  const chosen = customers.find(({ name }) => name === choice.name)
  return (
    <>
      <SelectField
        label="Customer of the sandbox"
        value={choice.name ?? somebodyElse}
        onChange={(event) => onChange({ ...choice, name: event.target.value || null, click: false })}
        hint={chosen?.about}
      >
        {customers.map(({ name }) => (
          <option key={name}>{name}</option>
        ))}
        <option value={somebodyElse}>Somebody else …</option>
      </SelectField>
      {chosen === undefined ? <TypedFields {...props} /> : <Clicking {...props} />}
    </>
  )
}
