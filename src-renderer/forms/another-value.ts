/** The last entry of a list of choices: a value nobody offers, for what the bank says to it. */
import { useState } from 'react'

/** No value of a schema: it holds a control character. */
export const anotherValue = '\u0000another'
export const anotherValueWords = 'Another value …'

// Named once: React calls a ref anew whenever it is another function.
const takeText = (input: HTMLInputElement | null): void => {
  input?.focus()
  input?.select()
}
const takeChoice = (select: HTMLSelectElement | null): void => select?.focus()

/** Whether a choice is typed now; the keyboard goes along from the list to the text and back. */
export function useAnotherValue() {
  const [way, setWay] = useState<'list' | 'typing' | 'back'>('list')
  return {
    typing: way === 'typing',
    type: () => setWay('typing'),
    choose: () => setWay('back'),
    textRef: way === 'typing' ? takeText : undefined,
    choiceRef: way === 'back' ? takeChoice : undefined,
  }
}
