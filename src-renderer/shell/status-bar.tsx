/** What the window stands on: key store, sandbox, clock, calls under way. */
import { show, useApp } from '../app-state.ts'
import { keyStore, recentHistory, runningCalls, sandboxStatus } from '../live-data.ts'
import { clockSkew } from './clock-skew.ts'
import { openKeyStoreDialog } from './key-store-dialog.tsx'

const item = 'flex h-6 items-center gap-1.5 rounded-sm px-1.5 hover:bg-raised'

function Dot({ tone }: { readonly tone: 'good' | 'caution' | 'bad' }) {
  const colour = { good: 'bg-good', caution: 'bg-caution', bad: 'bg-bad' }[tone]
  return <span aria-hidden="true" className={`size-2 rounded-full ${colour}`} />
}

function KeyStoreItem() {
  const { value } = keyStore()
  if (value === null) return <span className="px-1.5">key store …</span>
  const needsPassphrase = value.vault === 'locked' || value.vault === 'new'
  const ready = value.state === 'ready' && !needsPassphrase
  return (
    <button type="button" className={item} onClick={openKeyStoreDialog}>
      <Dot tone={ready ? 'good' : 'caution'} />
      {value.choice === 'vault' ? 'vault' : value.name}:{' '}
      {needsPassphrase ? (value.vault === 'new' ? 'needs a passphrase' : 'locked') : value.state}
    </button>
  )
}

function SandboxItem() {
  const { value } = sandboxStatus()
  const count = value?.sandbox?.banks.length ?? 0
  return (
    <button type="button" className={item} onClick={() => show('sandbox')}>
      <Dot tone={value?.running === true ? 'good' : 'caution'} />
      sandbox: {value === null ? '…' : value.running ? `${count} ${count === 1 ? 'bank' : 'banks'}` : 'not running'}
    </button>
  )
}

export function StatusBar() {
  const { bank, environment } = useApp()
  const running = runningCalls().value?.length ?? 0
  const skew = clockSkew(recentHistory().value ?? [], bank, environment)
  return (
    <footer className="flex h-6 items-center gap-2 border-t border-line bg-surface px-1 text-sm text-muted">
      <KeyStoreItem />
      <SandboxItem />
      <span
        className="px-1.5"
        title="Difference between the bank's Date header and this machine's clock in the last call"
      >
        clock: {skew === null ? 'not compared yet' : `${skew > 0 ? '+' : ''}${skew} s`}
      </span>
      <div className="flex-1" />
      {running > 0 && (
        <span role="status" className="px-1.5">
          {running} {running === 1 ? 'call' : 'calls'} under way
        </span>
      )}
    </footer>
  )
}
