/** The callbacks to register: addresses the bank may send a customer's browser back to. */
import { Button } from '../ui/button.tsx'
import { TextField } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { callbackProblem, canListen } from './callback-problem.ts'

export function CallbackEditor({
  uris,
  onChange,
  told,
}: {
  readonly uris: readonly string[]
  readonly onChange: (uris: readonly string[]) => void
  /** Problems are said only after somebody tried to register. */
  readonly told: boolean
}) {
  const others = (at: number) => uris.filter((_, index) => index !== at)
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 font-semibold">Callbacks</legend>
      {uris.length === 0 && (
        <p className="text-muted">None: a free port on 127.0.0.1 is chosen and kept with the registration.</p>
      )}
      {uris.map((uri, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place; its text changes with every key pressed
        <div key={index} className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-2">
          <TextField
            label={`Callback ${index + 1}`}
            value={uri}
            inputMode="url"
            placeholder="http://127.0.0.1:8765/callback"
            className="font-mono"
            problem={told || uri.includes('#') ? callbackProblem(uri, others(index)) : null}
            onChange={(event) => onChange(uris.map((each, at) => (at === index ? event.target.value : each)))}
          />
          <Button
            kind="quiet"
            className="mt-5"
            aria-label={`Remove callback ${index + 1}`}
            onClick={() => onChange(others(index))}
          >
            Remove
          </Button>
        </div>
      ))}
      <Button className="self-start" onClick={() => onChange([...uris, ''])}>
        Add a callback
      </Button>
      {uris.length > 0 && uris.every((uri) => URL.canParse(uri) && !canListen(uri)) && (
        <Notice tone="caution" title="The workbench cannot listen on any of these">
          Add one with http on 127.0.0.1, or codes will arrive somewhere else.
        </Notice>
      )}
    </fieldset>
  )
}
