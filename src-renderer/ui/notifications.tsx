/** Short messages that come and go; the last ones stay readable and are spoken by a screen reader. */
import { create } from 'zustand'
import type { Tone } from './badge.tsx'
import { Button } from './button.tsx'
import { Notice } from './notice.tsx'

interface Message {
  readonly id: number
  readonly tone: Tone
  readonly title: string
  readonly text?: string
}

/** Milliseconds a message stays; what went wrong stays until it is dismissed. */
const stay = 6000

const useMessages = create<{ messages: readonly Message[] }>(() => ({ messages: [] }))
let next = 1

const dismiss = (id: number) =>
  useMessages.setState(({ messages }) => ({ messages: messages.filter((each) => each.id !== id) }))

export function notify(tone: Tone, title: string, text?: string): void {
  const id = next++
  const message: Message = { id, tone, title, ...(text === undefined ? {} : { text }) }
  useMessages.setState(({ messages }) => ({ messages: [...messages.slice(-3), message] }))
  if (tone !== 'bad') setTimeout(() => dismiss(id), stay)
}

export function Notifications() {
  const { messages } = useMessages()
  return (
    <section
      aria-label="Notifications"
      aria-live="polite"
      className="fixed right-3 bottom-9 z-40 flex w-96 max-w-[90vw] flex-col gap-2"
    >
      {messages.map(({ id, tone, title, text }) => (
        <Notice
          key={id}
          tone={tone}
          title={title}
          action={
            <Button kind="quiet" aria-label={`Dismiss: ${title}`} onClick={() => dismiss(id)}>
              ×
            </Button>
          }
        >
          {text}
        </Notice>
      ))}
    </section>
  )
}
