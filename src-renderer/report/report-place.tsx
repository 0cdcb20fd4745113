/** Which bank and operation a reported call was meant for: as found, or to be chosen. */
import { useState } from 'react'
import type { OpenedReport } from '#shared/contract/reports.ts'
import { bankOperations, banks } from '../live-data.ts'
import { Button } from '../ui/button.tsx'
import { SelectField } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { Section } from '../ui/section.tsx'
import { chooseInReport } from './report-view.ts'

function Candidates({ opened: { candidates } }: { readonly opened: OpenedReport }) {
  return (
    <ul aria-label="Operations it could be" className="flex flex-col">
      {candidates.map(({ bank, bankName, operation, title, reason }) => (
        <li key={`${bank} ${operation}`} className="flex items-start gap-3 border-t border-line py-2 first:border-t-0">
          <div className="min-w-0 flex-1">
            <p>
              {bankName}: {title}
            </p>
            <p className="text-sm text-muted">{reason}</p>
          </div>
          <Button onClick={() => chooseInReport({ bank, operation })}>
            This one<span className="sr-only">: {operation}</span>
          </Button>
        </li>
      ))}
    </ul>
  )
}

function Chooser({ onDone }: { readonly onDone: () => void }) {
  const [bank, setBank] = useState('')
  const [operation, setOperation] = useState('')
  const known = banks().value ?? []
  const operations = bankOperations(bank === '' ? 'ica-banken' : bank)().value ?? []
  const take = () => {
    chooseInReport({ bank, operation })
    onDone()
  }
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,2fr)_auto] items-end gap-3">
      <SelectField
        label="Bank"
        value={bank}
        onChange={({ target }) => {
          setBank(target.value)
          setOperation('')
        }}
      >
        <option value="">Choose …</option>
        {known.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <SelectField
        label="Operation"
        value={operation}
        disabled={bank === ''}
        onChange={({ target }) => setOperation(target.value)}
      >
        <option value="">Choose …</option>
        {bank !== '' &&
          operations.map(({ id, method, title }) => (
            <option key={id} value={id}>
              {method} {title}
            </option>
          ))}
      </SelectField>
      <Button disabled={bank === '' || operation === ''} onClick={take}>
        Use it
      </Button>
    </div>
  )
}

export function ReportPlace({ opened }: { readonly opened: OpenedReport }) {
  const { bank, operation, environment, candidates } = opened
  const [choosing, setChoosing] = useState(false)
  const found = candidates.find((each) => each.bank === bank && each.operation === operation)
  const environmentName = banks()
    .value?.find(({ id }) => id === bank)
    ?.environments.find(({ id }) => id === environment)?.name
  return (
    <Section
      title="Bank and operation"
      trailing={bank !== null && <Button onClick={() => setChoosing(!choosing)}>Choose another</Button>}
    >
      {found === undefined ? (
        <Notice tone="caution" title={candidates.length === 0 ? 'No operation fits' : 'Several operations fit'}>
          {candidates.length === 0
            ? 'Choose the bank and the operation the call was meant for; then it can be explained.'
            : 'Choose the one the call was meant for.'}
        </Notice>
      ) : (
        <div>
          <p>
            {found.bankName}
            {environmentName !== undefined && `, ${environmentName}`}: {found.title}{' '}
            <span className="font-mono text-sm text-muted">{found.operation}</span>
          </p>
          <p className="text-sm text-muted">{found.reason}</p>
        </div>
      )}
      {found === undefined && candidates.length > 0 && <Candidates opened={opened} />}
      {(choosing || candidates.length === 0) && <Chooser onDone={() => setChoosing(false)} />}
    </Section>
  )
}
