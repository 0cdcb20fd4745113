/** How large a text is on the wire; a long one is measured when typing rests, because encoding it takes longer than a key may. */
import { useEffect, useState } from 'react'
import { byteLength } from '../exchange/measures.ts'

/** Characters measured at once. */
const short = 50_000

/** Milliseconds without a change. */
const rest = 300

/** Bytes in UTF-8; of a long text those of a moment ago while it is being changed. */
export function useByteSize(text: string): number {
  const long = text.length > short
  const [measured, setMeasured] = useState(() => byteLength(text))
  useEffect(() => {
    if (!long) return
    const timer = setTimeout(() => setMeasured(byteLength(text)), rest)
    return () => clearTimeout(timer)
  }, [text, long])
  return long ? measured : byteLength(text)
}
