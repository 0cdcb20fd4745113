/** Settings: how the window looks, what it stands on, what is kept where. */
import { PaneHead } from '../ui/pane-head.tsx'
import { SettingsAbout } from './settings-about.tsx'
import { SettingsAppearance } from './settings-appearance.tsx'
import { SettingsHealth } from './settings-health.tsx'
import { SettingsKeyStore } from './settings-key-store.tsx'
import { SettingsShortcuts } from './settings-shortcuts.tsx'

export function SettingsPane() {
  return (
    <>
      <PaneHead title="Settings" />
      <div className="min-h-0 flex-1 overflow-auto">
        <div className="flex max-w-4xl flex-col gap-3 p-3">
          <SettingsAppearance />
          <SettingsKeyStore />
          <SettingsShortcuts />
          <SettingsAbout />
          {/* Last, because its checks take a moment: what comes late must not move what is there. */}
          <SettingsHealth />
        </div>
      </div>
    </>
  )
}
