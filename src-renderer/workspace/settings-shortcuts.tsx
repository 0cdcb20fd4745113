/** The keys that work, and where. */
import { Section } from '../ui/section.tsx'

const modifier = navigator.platform.startsWith('Mac') ? '⌘' : 'Ctrl'

const shortcuts: readonly (readonly [keys: readonly string[], does: string])[] = [
  [[modifier, 'K'], 'Command palette: any view, operation or error row by its name'],
  [['/'], 'Search in the shown list'],
  [['↑', '↓'], 'Choose in a list or in the search above it'],
  [['Page ↑', 'Page ↓'], 'Choose a page further; Home and End: first and last'],
  [['←', '→'], 'Other tab'],
  [['Tab'], 'Next control; the first one on the page skips to the view'],
  [['Esc'], 'Close a dialog, empty a search'],
]

export function SettingsShortcuts() {
  return (
    <Section title="Keyboard">
      <dl className="grid grid-cols-[max-content_minmax(0,1fr)] items-center gap-x-4 gap-y-1.5">
        {shortcuts.map(([keys, does]) => (
          <div key={does} className="contents">
            <dt className="flex gap-1">
              {keys.map((key) => (
                <kbd
                  key={key}
                  className="rounded-sm border border-line-strong bg-raised px-1.5 text-center font-sans text-sm"
                >
                  {key}
                </kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}
