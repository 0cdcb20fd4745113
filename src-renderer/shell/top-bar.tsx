/** Where calls go and as whom: bank, environment, identity, access. Production cannot be mistaken for anything else. */
import { choose, show, useApp } from '../app-state.ts'
import { banks, identities } from '../live-data.ts'
import { addBank } from '../open.ts'
import { useSelection } from '../selection.ts'
import { Icon } from '../ui/icon.tsx'
import { countdown, useNow } from '../ui/use-now.ts'
import { openPalette } from './command-palette.tsx'

const selectClass = 'h-7 max-w-56 min-w-0 rounded-md border border-line bg-surface px-1.5 text-ink'

function EnvironmentSelect({ production }: { readonly production: boolean }) {
  const { bank } = useSelection()
  const { environment } = useApp()
  return (
    <label className="flex items-center gap-1.5">
      <span className="sr-only">Environment</span>
      <select
        value={environment}
        onChange={(event) => choose({ environment: event.target.value })}
        className={
          production
            ? 'h-7 rounded-md border border-production-ink bg-production px-1.5 font-semibold text-production-ink'
            : selectClass
        }
      >
        {bank?.environments.map(({ id, name, kind }) => (
          <option key={id} value={id}>
            {kind === 'production' ? `${name} (real customers)` : name}
          </option>
        ))}
      </select>
    </label>
  )
}

function IdentitySelect() {
  const { value } = identities()
  const { identity } = useSelection()
  if (value !== null && value.length === 0) {
    return (
      <button type="button" className="h-7 rounded-md px-1.5 underline underline-offset-2" onClick={() => show('keys')}>
        No identity yet
      </button>
    )
  }
  return (
    <label className="flex min-w-0 items-center gap-1.5">
      <span className="max-lg:sr-only">identity</span>
      <select
        value={identity?.id ?? ''}
        onChange={(event) => choose({ identity: event.target.value || null })}
        className={selectClass}
      >
        {identity === null && <option value="">choose …</option>}
        {value?.map(({ id, name, kind }) => (
          <option key={id} value={id}>
            {`${name} · ${kind === 'none' ? 'no PSD2 certificate' : kind}`}
          </option>
        ))}
      </select>
    </label>
  )
}

function AccessChip() {
  const { grants } = useSelection()
  const now = useNow()
  const [best] = grants
  const left = best === undefined ? null : countdown(best.accessTokenExpiresAt, now)
  return (
    <button
      type="button"
      onClick={() => show('access')}
      // A scope may carry a long id; the bar has room for its beginning.
      title={best?.scope}
      className="flex h-7 max-w-60 min-w-0 items-center gap-1.5 rounded-md border border-current/30 px-2 xl:max-w-none"
    >
      <span className="max-lg:sr-only">access</span>
      <span className="truncate">{best === undefined ? 'none' : best.scope}</span>
      {left !== null && <span className="shrink-0 font-mono whitespace-nowrap">{left}</span>}
    </button>
  )
}

export function TopBar() {
  const { bank } = useApp()
  const { environment } = useSelection()
  const production = environment?.kind === 'production'
  const all = banks().value
  return (
    <header
      className={`flex h-10 items-center gap-2 border-b px-2 ${production ? 'border-production bg-production text-production-ink' : 'border-line bg-surface'}`}
    >
      <label className="flex items-center gap-1.5">
        <span className="sr-only">Bank</span>
        <select
          value={bank}
          onChange={({ target: { value } }) => (value === '' ? addBank() : choose({ bank: value }))}
          className={`${selectClass} font-semibold`}
        >
          {all === null && <option value={bank}>…</option>}
          {all?.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
          <option value="">Add a bank …</option>
        </select>
      </label>
      <EnvironmentSelect production={production} />
      {production && <strong role="status">PRODUCTION</strong>}
      <div className="flex-1" />
      <IdentitySelect />
      <AccessChip />
      <button
        type="button"
        onClick={openPalette}
        title="Command palette"
        aria-keyshortcuts="Control+K Meta+K"
        className="flex h-7 items-center gap-1.5 rounded-md border border-current/30 px-2"
      >
        <Icon name="search" />
        <span className="max-lg:sr-only">Search</span>
        <kbd className="font-sans text-sm">{navigator.platform.startsWith('Mac') ? '⌘K' : 'Ctrl K'}</kbd>
      </button>
    </header>
  )
}
