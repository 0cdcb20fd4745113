/** Where the request comes from: an own exchange out of history, or one that is pasted. */
import { useState } from 'react'
import type { HistoryRow } from '#shared/contract/history.ts'
import { ReportSource } from '../exchange/report-source.tsx'
import { banks, recentHistory } from '../live-data.ts'
import { Button } from '../ui/button.tsx'
import { SelectField } from '../ui/field.tsx'
import { localMoment } from '../ui/local-time.ts'
import { decodedWord } from './encoded-word.ts'
import { explain, forgetRequest, showWord, useSignature } from './signature-view.ts'

const hint =
  'A raw HTTP request, a cURL command, the output of curl -v, a HAR, or an encoded-word (=?utf-8?B?…) by itself. Pasting loses carriage returns: choose a file where the body has them. Nothing is sent or kept.'

const nameOf = ({ at, operation, status }: HistoryRow): string =>
  `${localMoment(at)} ${operation} ${status ?? 'no answer'}`

function OwnExchange() {
  const { source } = useSignature()
  const rows = recentHistory().value ?? []
  const id = source?.kind === 'exchange' ? source.id : ''
  return (
    <SelectField
      label="Exchange of your own"
      value={id}
      onChange={({ target }) => {
        if (target.value === '') forgetRequest()
        else void explain({ kind: 'exchange', id: target.value })
      }}
    >
      <option value="">{rows.length === 0 ? 'Nothing was sent yet' : 'Choose …'}</option>
      {id !== '' && rows.every((row) => row.id !== id) && <option value={id}>{id}</option>}
      {rows.map((row) => (
        <option key={row.id} value={row.id}>
          {nameOf(row)}
        </option>
      ))}
    </SelectField>
  )
}

function BankOfPasted({ value, onChange }: { readonly value: string; readonly onChange: (bank: string) => void }) {
  return (
    <SelectField label="Signing profile of" value={value} onChange={({ target }) => onChange(target.value)}>
      <option value="">The bank the request tells</option>
      {(banks().value ?? []).map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </SelectField>
  )
}

export function SignatureSourcePart() {
  const { source, running, fault } = useSignature()
  const [bank, setBank] = useState('')
  const take = (text: string, name: string | null) => {
    const word = decodedWord(text)
    if (word === null) void explain({ kind: 'pasted', text, name, bank })
    else showWord(word)
  }
  const pasted = source?.kind === 'pasted' ? source : null
  const shown = pasted !== null && fault === null && !running
  const change = (chosen: string) => {
    setBank(chosen)
    if (pasted !== null) void explain({ ...pasted, bank: chosen })
  }
  return (
    <div className="flex flex-col gap-3">
      <OwnExchange />
      <BankOfPasted value={pasted?.bank ?? bank} onChange={change} />
      {shown ? (
        <Button className="w-fit" onClick={forgetRequest}>
          Paste another
        </Button>
      ) : (
        source?.kind !== 'exchange' && <ReportSource hint={hint} action="Take apart" busy={running} onText={take} />
      )}
      {source?.kind === 'exchange' && (
        <Button className="w-fit" onClick={forgetRequest}>
          Paste a request instead
        </Button>
      )}
    </div>
  )
}
