/** A body as text, indented or as it came; huge ones start at once and fill in. Never anything but text. */

import { useCallback, useMemo, useState } from 'react'
import { isJson } from '#shared/is-json.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'
import { Segments } from '../ui/segments.tsx'
import { LineList } from './line-list.tsx'
import { byteSize } from './measures.ts'
import { prettyLines } from './pretty-json.ts'
import { pieces, rawLines } from './text-lines.ts'
import { useLines } from './use-lines.ts'

/** Bytes up to which a text is drawn as a whole. */
const wholeUpTo = 200_000

type Look = 'pretty' | 'raw'

function Whole({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <ScrollArea label={label} className="min-h-0 flex-1">
      <pre className="px-3 py-2 font-mono text-sm leading-5 break-all whitespace-pre-wrap">{text}</pre>
    </ScrollArea>
  )
}

function Huge({ label, text, look }: { readonly label: string; readonly text: string; readonly look: Look }) {
  const start = useCallback(() => pieces(look === 'pretty' ? prettyLines(text) : rawLines(text)), [text, look])
  const { lines, done, cut } = useLines(start)
  const count = lines.length.toLocaleString('en')
  return (
    <>
      <p role="status" className="shrink-0 px-3 pt-1 text-sm text-muted">
        {cut
          ? `The first ${count} lines are shown; copy the body for the rest.`
          : done
            ? `${count} lines. Lines over 2,000 characters are broken.`
            : `${count} lines so far …`}
      </p>
      <LineList label={label} lines={lines} />
    </>
  )
}

function LookSwitch({ look, onLook }: { readonly look: Look; readonly onLook: (look: Look) => void }) {
  return (
    <Segments
      label="Look of the body"
      options={[
        { value: 'pretty', name: 'Pretty' },
        { value: 'raw', name: 'Raw' },
      ]}
      value={look}
      onChoose={onLook}
    />
  )
}

export function BodyPanel({
  text,
  size,
  contentType,
  label = 'Body of the answer',
}: {
  readonly text: string
  /** Bytes as they came; redaction may have changed the length of the text. */
  readonly size: number
  readonly contentType: string | null
  readonly label?: string
}) {
  const [look, setLook] = useState<Look>('pretty')
  const huge = text.length > wholeUpTo
  const json = useMemo(() => (huge ? /^\s*[{[]/.test(text) : isJson(text)), [text, huge])
  const claimed = /json/i.test(contentType ?? '')
  const shown = useMemo(
    () => (json && look === 'pretty' && !huge ? [...prettyLines(text)].join('\n') : text),
    [text, json, look, huge],
  )
  if (text === '') return <p className="p-3 text-muted">The body is empty.</p>
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className="flex h-8 shrink-0 items-center gap-3 border-b border-line px-3 text-sm text-muted">
        {json && <LookSwitch look={look} onLook={setLook} />}
        <span className="truncate">
          {contentType ?? 'no content type'} · {byteSize(size)}
          {claimed && !json && ' · not valid JSON, shown as it came'}
        </span>
        <span className="flex-1" />
        <CopyButton text={shown} label="Copy body" />
      </div>
      {huge ? <Huge label={label} text={text} look={json ? look : 'raw'} /> : <Whole label={label} text={shown} />}
    </div>
  )
}
