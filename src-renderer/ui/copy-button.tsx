/** Copies text and says that it did. */
import { useState } from 'react'
import { Button } from './button.tsx'

export function CopyButton({
  text,
  label = 'Copy',
}: {
  /** A function where making the text is work. */
  readonly text: string | (() => string)
  readonly label?: string
}) {
  const [done, setDone] = useState(false)
  const copy = async () => {
    await navigator.clipboard.writeText(typeof text === 'string' ? text : text())
    setDone(true)
    setTimeout(() => setDone(false), 1500)
  }
  return (
    <Button kind="quiet" onClick={() => void copy()}>
      {done ? 'Copied' : label}
    </Button>
  )
}
