/** Which products are read: list, language, how many at once; and what of the call is assumed. */
import type { AssumptionView } from '#shared/contract/banks.ts'
import { compactField } from '../accounts/compact-field.ts'
import { cancelSending, useSending } from '../forms/sending.ts'
import { openEnvironment } from '../open.ts'
import { AssumptionBadge } from '../requests/assumption-badge.tsx'
import type { Tone } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { PaneHead } from '../ui/pane-head.tsx'
import { BadgePopover } from '../ui/popover.tsx'
import { Prose } from '../ui/prose.tsx'
import { useCatalogue } from './products-store.ts'
import type { ProductCalls } from './use-product-calls.ts'
import { wordsOfLanguage } from './words.ts'

const pathWords: Record<AssumptionView['state'], readonly [label: string, tone: Tone]> = {
  assumed: ['path reconstructed', 'caution'],
  confirmed: ['path confirmed', 'good'],
  differs: ['another path', 'accent'],
}

/** The path is not in the bank's document: what it was made from, and where another one is set. */
function PathBadge({ calls, assumption }: { readonly calls: ProductCalls; readonly assumption: AssumptionView }) {
  const { bank, environment, detail, view } = calls
  const [label, tone] = pathWords[assumption.state]
  return (
    <BadgePopover label={label} tone={tone} title={assumption.text}>
      <div className="flex flex-col items-start gap-2">
        {detail !== null && (
          <p className="font-mono text-sm">
            {detail.method} {detail.path}
          </p>
        )}
        <Prose text={assumption.text} />
        <div className="text-muted">
          <Prose text={assumption.reason} />
        </div>
        {assumption.instead !== null && <Prose text={assumption.instead} />}
        <Button onClick={() => openEnvironment(bank.id, environment, `paths.${view.list}`)}>Set the path</Button>
      </div>
    </BadgePopover>
  )
}

function Assumptions({ calls }: { readonly calls: ProductCalls }) {
  const { detail } = calls
  if (detail === null) return null
  return (
    <>
      {detail.assumptions.map((assumption) =>
        assumption.adjust.some(({ what }) => what === 'path') ? (
          <PathBadge key={assumption.id} calls={calls} assumption={assumption} />
        ) : assumption.state === 'assumed' ? null : (
          <AssumptionBadge key={assumption.id} assumption={assumption} />
        ),
      )}
    </>
  )
}

function Choices({ calls }: { readonly calls: ProductCalls }) {
  const { profile, view, read, change } = calls
  const known = useCatalogue(calls.name).shown !== null
  const { lists, locale, paging } = profile
  // What is looked at already is read anew; before the first call a choice is only a choice.
  const choose = (part: { readonly list?: string; readonly locale?: string }) => {
    const first = part.list === undefined ? {} : { page: paging?.first ?? 0 }
    if (known) read({ ...part, ...first })
    else change({ ...part, ...first })
  }
  return (
    <>
      <select
        aria-label="List of products"
        className={compactField}
        value={view.list}
        onChange={({ target }) => choose({ list: target.value })}
      >
        {lists.map(({ operation, name }) => (
          <option key={operation} value={operation}>
            {name}
          </option>
        ))}
      </select>
      {locale !== undefined && (
        <select
          aria-label={`Language of the texts (${locale.parameter})`}
          className={compactField}
          value={view.locale}
          onChange={({ target }) => choose({ locale: target.value })}
        >
          {Object.entries(locale.languages).map(([value, language]) => (
            <option key={value} value={value}>
              {wordsOfLanguage(language)} · {value}
            </option>
          ))}
        </select>
      )}
      {paging?.size !== undefined && (
        <label className="flex items-center gap-1.5 text-muted">
          on a page
          <input
            aria-label={`Products on a page (${paging.size.parameter})`}
            inputMode="numeric"
            autoComplete="off"
            className={`${compactField} w-14`}
            aria-invalid={calls.sizeProblem !== null}
            value={view.size}
            onChange={({ target }) => change({ size: target.value.trim(), page: paging.first })}
          />
        </label>
      )}
    </>
  )
}

export function ProductsHead({ calls }: { readonly calls: ProductCalls }) {
  const { name, read, sizeProblem } = calls
  const { busy, call } = useSending(name)
  const known = useCatalogue(name).shown !== null
  return (
    <PaneHead
      title="Products"
      actions={
        <>
          {sizeProblem !== null && (
            <span role="alert" className="text-sm text-bad">
              {sizeProblem}
            </span>
          )}
          {call !== null && <Button onClick={() => void cancelSending(name)}>Cancel</Button>}
          <Button kind={known ? 'plain' : 'primary'} busy={busy} disabled={sizeProblem !== null} onClick={() => read()}>
            {busy ? 'Reading …' : known ? 'Read again' : 'Read products'}
          </Button>
        </>
      }
    >
      <Choices calls={calls} />
      <Assumptions calls={calls} />
    </PaneHead>
  )
}
