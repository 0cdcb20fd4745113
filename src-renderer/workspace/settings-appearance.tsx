/** How the window looks, and the first-run guide. */
import { type AppState, choose, show, useApp } from '../app-state.ts'
import { Button } from '../ui/button.tsx'
import { Section } from '../ui/section.tsx'

const themes: readonly (readonly [AppState['theme'], string])[] = [
  ['system', 'As the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
]

function showGuide(): void {
  choose({ guide: 0 })
  show('overview')
}

export function SettingsAppearance() {
  const { theme, guide } = useApp()
  return (
    <Section title="Window">
      <fieldset className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <legend className="float-left w-28 text-muted">Theme</legend>
        {themes.map(([id, words]) => (
          <label key={id} className="flex h-7 items-center gap-1.5">
            <input
              type="radio"
              name="theme"
              value={id}
              checked={theme === id}
              onChange={() => choose({ theme: id })}
              className="accent-accent"
            />
            {words}
          </label>
        ))}
      </fieldset>
      <div className="flex flex-wrap items-center gap-4">
        <span className="w-28 text-muted">First-run guide</span>
        <Button onClick={showGuide}>{guide === null ? 'Show it again' : 'Start it over'}</Button>
        <span className="text-muted">Four steps to a first answer, in Overview</span>
      </div>
    </Section>
  )
}
