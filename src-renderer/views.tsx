/** The views of the window: their names, their icons and the panes behind them; each pane is loaded when nothing else is to be done, or when it is first shown. */
import { type ComponentType, useMemo, useRef } from 'react'
import type { ViewName } from '#shared/bank-profile.ts'
import type { BankDetail } from '#shared/contract/banks.ts'
import { useApp, type ViewId } from './app-state.ts'
import { bankDetail } from './live-data.ts'
import type { IconName } from './ui/icon.tsx'
import { type LaterPane, loadedLater } from './ui/loaded-later.tsx'

export interface View {
  readonly id: ViewId
  readonly name: string
  readonly icon: IconName
  readonly Pane: LaterPane
  /** Shown for a bank that has operations of one of these; for every bank where left out. */
  readonly needs?: readonly ViewName[]
  /** Shown for a bank whose data says how this is created and followed. */
  readonly creates?: BankDetail['resources'][number]['kind']
  /** Shown for a bank whose profile says where its answers tell of this. */
  readonly says?: 'accounts' | 'fundsConfirmation' | 'applications' | 'products'
}

const pane = (load: () => Promise<Record<string, ComponentType>>, name: string): LaterPane =>
  loadedLater(async () => (await load())[name]!)

export const views: readonly View[] = [
  {
    id: 'overview',
    name: 'Overview',
    icon: 'overview',
    Pane: pane(() => import('./workspace/overview-pane.tsx'), 'OverviewPane'),
  },
  {
    id: 'requests',
    name: 'Requests',
    icon: 'requests',
    Pane: pane(() => import('./requests/requests-pane.tsx'), 'RequestsPane'),
  },
  {
    id: 'registration',
    name: 'Registration',
    icon: 'registration',
    Pane: pane(() => import('./access/registration-pane.tsx'), 'RegistrationPane'),
    needs: ['registration'],
  },
  { id: 'access', name: 'Access', icon: 'access', Pane: pane(() => import('./access/access-pane.tsx'), 'AccessPane') },
  {
    id: 'accounts',
    name: 'Accounts',
    icon: 'accounts',
    Pane: pane(() => import('./accounts/accounts-pane.tsx'), 'AccountsPane'),
    says: 'accounts',
  },
  {
    id: 'funds',
    name: 'Funds',
    icon: 'funds',
    Pane: pane(() => import('./accounts/funds-pane.tsx'), 'FundsPane'),
    says: 'fundsConfirmation',
  },
  {
    id: 'payments',
    name: 'Payments',
    icon: 'payments',
    Pane: pane(() => import('./payments/payments-pane.tsx'), 'PaymentsPane'),
    creates: 'payment',
  },
  {
    id: 'recurring-payments',
    name: 'Recurring',
    icon: 'recurring',
    Pane: pane(() => import('./payments/payments-pane.tsx'), 'RecurringPaymentsPane'),
    creates: 'recurring-payment',
  },
  {
    id: 'baskets',
    name: 'Baskets',
    icon: 'baskets',
    Pane: pane(() => import('./baskets/baskets-pane.tsx'), 'BasketsPane'),
    creates: 'basket',
  },
  {
    id: 'applications',
    name: 'Applications',
    icon: 'applications',
    Pane: pane(() => import('./applications/applications-pane.tsx'), 'ApplicationsPane'),
    says: 'applications',
  },
  {
    id: 'products',
    name: 'Products',
    icon: 'products',
    Pane: pane(() => import('./products/products-pane.tsx'), 'ProductsPane'),
    says: 'products',
  },
  { id: 'errors', name: 'Errors', icon: 'errors', Pane: pane(() => import('./banks/errors-pane.tsx'), 'ErrorsPane') },
  { id: 'keys', name: 'Keys', icon: 'keys', Pane: pane(() => import('./keys/keys-pane.tsx'), 'KeysPane') },
  { id: 'banks', name: 'Banks', icon: 'banks', Pane: pane(() => import('./banks/banks-pane.tsx'), 'BanksPane') },
  {
    id: 'history',
    name: 'History',
    icon: 'history',
    Pane: pane(() => import('./history/history-pane.tsx'), 'HistoryPane'),
  },
  {
    id: 'sequence',
    name: 'Sequence',
    icon: 'sequence',
    Pane: pane(() => import('./sequence/sequence-pane.tsx'), 'SequencePane'),
  },
  { id: 'report', name: 'Report', icon: 'report', Pane: pane(() => import('./report/report-pane.tsx'), 'ReportPane') },
  {
    id: 'signature',
    name: 'Signature',
    icon: 'signature',
    Pane: pane(() => import('./signature/signature-pane.tsx'), 'SignaturePane'),
  },
  {
    id: 'sandbox',
    name: 'Local sandbox',
    icon: 'sandbox',
    Pane: pane(() => import('./sandbox/sandbox-pane.tsx'), 'SandboxPane'),
  },
  {
    id: 'settings',
    name: 'Settings',
    icon: 'settings',
    Pane: pane(() => import('./workspace/settings-pane.tsx'), 'SettingsPane'),
  },
]

/** The views a bank's operations support; of a bank not read yet those that every bank has. */
export function viewsOf(bank: BankDetail | null): readonly View[] {
  const has = new Set(bank?.tags.map(({ view }) => view))
  const created = new Set(bank?.resources.map(({ kind }) => kind))
  return views.filter(
    ({ needs, creates, says }) =>
      (needs === undefined || needs.some((name) => has.has(name))) &&
      (creates === undefined || created.has(creates)) &&
      (says === undefined || bank?.[says] != null),
  )
}

/**
 * The views of the bank at hand; while another one is read, still those of the former, so that nothing jumps.
 * null until the first one is read.
 */
export function useViews(): readonly View[] | null {
  const { bank } = useApp()
  const { value, fault } = bankDetail(bank)()
  const last = useRef(value)
  if (value !== null) last.current = value
  const known = last.current
  const failed = fault !== null
  return useMemo(() => (known === null && !failed ? null : viewsOf(known)), [known, failed])
}
