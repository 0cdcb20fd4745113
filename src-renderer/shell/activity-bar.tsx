/** The views on the left: words beside icons, one tab stop each, the shown one marked. */
import { show, useApp } from '../app-state.ts'
import { Icon } from '../ui/icon.tsx'
import { useViews } from '../views.tsx'

export function ActivityBar() {
  const { view: shown } = useApp()
  const views = useViews()
  return (
    <nav aria-label="Views" className="flex w-40 flex-col gap-0.5 overflow-y-auto border-r border-line bg-page p-1.5">
      {views?.map(({ id, name, icon }) => (
        <button
          key={id}
          type="button"
          aria-current={id === shown ? 'page' : undefined}
          onClick={() => show(id)}
          className={`flex h-7 items-center gap-2 rounded-md px-2 text-left ${id === shown ? 'bg-accent-soft font-semibold text-accent' : 'text-ink hover:bg-raised'}`}
        >
          <Icon name={icon} />
          {name}
        </button>
      ))}
    </nav>
  )
}
