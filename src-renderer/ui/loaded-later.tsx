/** A pane whose code comes when it is first shown, or before, when it was prepared: then it is there in the same frame. */
import { type ComponentType, createElement, useEffect, useReducer } from 'react'
import { Loading } from './notice.tsx'

export type LaterPane = ComponentType<{ readonly name: string }> & {
  /** Loads the code; what fails is tried again the next time, and said when the pane is shown. */
  prepare(): Promise<void>
}

/**
 * Not `lazy` within a Suspense: that shows its fallback for a third of a second at least, also for code that is there already.
 * @param load gives the component
 */
export function loadedLater(load: () => Promise<ComponentType>): LaterPane {
  let Loaded: ComponentType | null = null
  let loading: Promise<void> | null = null
  const loadOnce = async () => {
    try {
      Loaded = await load()
    } finally {
      loading = null
    }
  }
  const prepare = (): Promise<void> => {
    if (Loaded !== null) return Promise.resolve()
    loading ??= loadOnce()
    return loading
  }
  function Pane({ name }: { readonly name: string }) {
    const [fault, render] = useReducer((_: unknown, next: unknown) => next, null)
    useEffect(() => {
      // The reason is thrown where the boundary around the view catches it.
      if (Loaded === null) prepare().then(() => render({}), render)
    }, [])
    if (fault instanceof Error) throw fault
    return Loaded === null ? <Loading what={name} /> : createElement(Loaded)
  }
  return Object.assign(Pane, { prepare })
}
