/** Where the person is: view, bank, environment, identity, theme. Kept by the engine, so that a reload loses nothing. */
import { create } from 'zustand'
import { api } from './api.ts'

export const viewIds = [
  'overview',
  'requests',
  'registration',
  'access',
  'accounts',
  'funds',
  'payments',
  'recurring-payments',
  'baskets',
  'applications',
  'products',
  'errors',
  'keys',
  'banks',
  'history',
  'sequence',
  'report',
  'signature',
  'sandbox',
  'settings',
] as const
export type ViewId = (typeof viewIds)[number]

export interface AppState {
  readonly view: ViewId
  readonly bank: string
  readonly environment: string
  /** Id of an identity; null: the only one there is. */
  readonly identity: string | null
  readonly theme: 'system' | 'light' | 'dark'
  /** Step of the first-run guide; null when it was left. */
  readonly guide: number | null
  /** What areas keep across reloads, by their own name. */
  readonly kept: Readonly<Record<string, unknown>>
}

const initial: AppState = {
  view: 'overview',
  bank: 'ica-banken',
  environment: 'sandbox',
  identity: null,
  theme: 'system',
  guide: 0,
  kept: {},
}

export const useApp = create<AppState>(() => initial)

export const show = (view: ViewId): void => useApp.setState({ view })
export const choose = (
  choice: Partial<Pick<AppState, 'bank' | 'environment' | 'identity' | 'theme' | 'guide'>>,
): void => useApp.setState(choice)

/** Keeps an area's own state under its name. */
export const keep = (name: string, value: unknown): void =>
  useApp.setState(({ kept }) => ({ kept: { ...kept, [name]: value } }))

/** Milliseconds of quiet before the state is sent to be kept. */
const quiet = 300

function isView(value: unknown): value is ViewId {
  return typeof value === 'string' && (viewIds as readonly string[]).includes(value)
}

/** Takes up what was kept, then keeps every change. */
export async function rememberAcrossReloads(): Promise<void> {
  const recalled = (await api.workspace.recallWindow().catch(() => ({}))) as Partial<AppState>
  // Whoever clicked in the first moments meant what they clicked.
  const clicked = Object.entries(useApp.getState()).filter(([key, value]) => initial[key as keyof AppState] !== value)
  const view = isView(recalled.view) ? recalled.view : initial.view
  useApp.setState({ ...recalled, view, ...Object.fromEntries(clicked) })
  let timer: ReturnType<typeof setTimeout> | undefined
  const save = () => {
    clearTimeout(timer)
    timer = undefined
    void api.workspace.rememberWindow({ ...useApp.getState() } as never).catch(() => {})
  }
  useApp.subscribe(() => {
    clearTimeout(timer)
    timer = setTimeout(save, quiet)
  })
  // What was done last counts too, when the window is closed or loaded anew right after it.
  addEventListener('pagehide', () => {
    if (timer !== undefined) save()
  })
}
