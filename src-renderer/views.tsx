/** The views of the window: their names, their icons and the panes behind them; each pane is loaded when first shown. */
import { type ComponentType, lazy } from 'react'
import type { ViewId } from './app-state.ts'
import type { IconName } from './ui/icon.tsx'

export interface View {
  readonly id: ViewId
  readonly name: string
  readonly icon: IconName
  readonly Pane: ComponentType
}

const pane = (load: () => Promise<Record<string, ComponentType>>, name: string): ComponentType =>
  lazy(async () => ({ default: (await load())[name]! }))

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
  },
  { id: 'access', name: 'Access', icon: 'access', Pane: pane(() => import('./access/access-pane.tsx'), 'AccessPane') },
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
