/** A modal on the platform's own <dialog>: focus is kept inside and goes back, Escape closes. */
import { type ReactNode, useId, useLayoutEffect, useRef } from 'react'

export function Dialog({
  title,
  onClose,
  children,
  wide = false,
}: {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
  readonly wide?: boolean
}) {
  const ref = useRef<HTMLDialogElement>(null)
  const heading = useId()
  // A layout effect, because only a dialog that is still in the page gives the focus back when it closes.
  useLayoutEffect(() => {
    const dialog = ref.current
    if (dialog !== null && !dialog.open) dialog.showModal()
    return () => dialog?.close()
  }, [])
  return (
    <dialog
      ref={ref}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
      className={`m-auto max-h-[85vh] rounded-md border border-line bg-surface p-0 text-ink ${wide ? 'w-[46rem]' : 'w-[30rem]'} max-w-[92vw]`}
    >
      <div className="flex flex-col gap-4 p-5">
        <h2 id={heading} className="text-lg">
          {title}
        </h2>
        {children}
      </div>
    </dialog>
  )
}
