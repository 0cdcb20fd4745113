/** What the person answers before an import: id, name and country of the bank, and whether it replaces one of theirs. */
import type { SyntheticEvent } from 'react'
import type { ImportPreview } from '#shared/contract/bank-import.ts'
import type { BankView } from '#shared/contract/banks.ts'
import { Button } from '../ui/button.tsx'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { TextField } from '../ui/field.tsx'
import { fieldProblem, otherThanFields } from '../ui/field-problem.ts'
import { answer, type ImportAnswers, useBankImport } from './bank-import.ts'

const fields = ['id', 'name', 'country'] as const

/** Said while typing, so that nobody imports to find out. */
function problemsOf({ id, name, country, replace }: ImportAnswers, taken: BankView | undefined) {
  const form = /^[a-z0-9][a-z0-9-]*$/.test(id.trim()) && id.trim().length <= 60
  const idProblem = !form
    ? 'Lower case letters, digits and hyphens, at most 60.'
    : taken?.source === 'shipped'
      ? `${taken.name} of the product has this id. Choose another one.`
      : taken !== undefined && !replace
        ? `Your bank ${taken.name} has this id. Choose another one, or replace it below.`
        : null
  return {
    id: idProblem,
    name: name.trim() === '' ? 'A bank needs a name.' : null,
    country: /^[A-Z]{2}$/.test(country.trim()) ? null : 'Two capital letters (ISO 3166-1); XX where none fits.',
  }
}

export function ImportAnswersForm({
  preview,
  banks,
  onImport,
}: {
  readonly preview: ImportPreview
  readonly banks: readonly BankView[]
  readonly onImport: () => void
}) {
  const { answers, running, fault } = useBankImport()
  const taken = banks.find(({ id }) => id === answers.id.trim())
  const problems = problemsOf(answers, taken)
  const wrong = Object.values(problems).some((problem) => problem !== null)
  const submit = (event: SyntheticEvent) => {
    event.preventDefault()
    if (!wrong && running === null) onImport()
  }
  const problemOf = (field: (typeof fields)[number]) => problems[field] ?? fieldProblem(fault, field)
  return (
    <form aria-label="Import" noValidate onSubmit={submit} className="flex flex-col gap-3">
      <p>
        <strong>{preview.title}</strong> {preview.version}
        <span className="text-muted">
          {preview.kind === 'openapi' ? ` · OpenAPI ${preview.openapi}` : ' · a bank folder'}
        </span>
      </p>
      <div className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_6rem] items-start gap-3">
        <TextField
          label="Name"
          data-next-focus
          maxLength={80}
          value={answers.name}
          problem={problemOf('name')}
          onChange={({ target }) => answer({ name: target.value })}
        />
        <TextField
          label="Id"
          value={answers.id}
          problem={problemOf('id')}
          onChange={({ target }) => answer({ id: target.value.toLowerCase(), replace: false })}
          className="font-mono text-sm"
        />
        <TextField
          label="Country"
          maxLength={2}
          value={answers.country}
          problem={problemOf('country')}
          onChange={({ target }) => answer({ country: target.value.toUpperCase() })}
        />
      </div>
      {taken?.source === 'user' && (
        <label className="flex items-center gap-2">
          <input
            type="checkbox"
            checked={answers.replace}
            onChange={({ target }) => answer({ replace: target.checked })}
            className="accent-accent"
          />
          Replace {taken.name}; what is set for its environments stays
        </label>
      )}
      <FaultNotice fault={otherThanFields(fault, fields)} title="It was not imported" />
      <Button kind="primary" type="submit" className="w-fit" disabled={wrong} busy={running === 'import'}>
        Import
      </Button>
    </form>
  )
}
