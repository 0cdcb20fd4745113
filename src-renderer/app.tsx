/** The shell: top bar, views, status bar, and what lies over them. */
import { useEffect, useLayoutEffect } from 'react'
import { useConnection } from './api.ts'
import { useApp } from './app-state.ts'
import { usePreparedViews } from './prepare-views.ts'
import { ActivityBar } from './shell/activity-bar.tsx'
import { CommandPalette, usePaletteShortcut } from './shell/command-palette.tsx'
import { ConnectionLost, SessionRefused } from './shell/connection-pages.tsx'
import { KeyStoreDialog } from './shell/key-store-dialog.tsx'
import { useStandingPlace } from './shell/standing-place.ts'
import { StatusBar } from './shell/status-bar.tsx'
import { TopBar } from './shell/top-bar.tsx'
import { ViewBoundary } from './shell/view-boundary.tsx'
import { Notifications } from './ui/notifications.tsx'
import { views as allViews, useViews } from './views.tsx'

function useTheme(): void {
  const { theme } = useApp()
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = theme
  }, [theme])
}

export function App() {
  const { view: id } = useApp()
  const { state } = useConnection()
  // A remembered view is shown before it is known which others the bank has.
  const known = useViews()
  const views = known ?? allViews
  useTheme()
  usePaletteShortcut()
  useStandingPlace()
  usePreparedViews(known)
  // What the bench measures: from here on views, palette and selects answer.
  useLayoutEffect(() => void performance.mark('interactive'), [])
  if (state === 'refused') return <SessionRefused />
  const view = views.find((each) => each.id === id) ?? views[0]!
  return (
    <div className="grid h-full grid-rows-[auto_minmax(0,1fr)_auto]">
      <a href="#view" className="sr-only focus:not-sr-only focus:absolute focus:z-50 focus:bg-surface focus:p-2">
        Skip to the view
      </a>
      <TopBar />
      <div className="grid min-h-0 grid-cols-[auto_minmax(0,1fr)]">
        <ActivityBar />
        <main
          id="view"
          tabIndex={-1}
          aria-label={view.name}
          className="flex min-h-0 min-w-0 flex-col overflow-auto bg-page -outline-offset-2"
        >
          {state === 'lost' && <ConnectionLost />}
          <ViewBoundary key={view.id}>
            <view.Pane name={view.name} />
          </ViewBoundary>
        </main>
      </div>
      <StatusBar />
      <CommandPalette />
      <KeyStoreDialog />
      <Notifications />
    </div>
  )
}
