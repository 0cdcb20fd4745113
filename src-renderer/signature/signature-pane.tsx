/** Signature: a request on the left, what its signature is made of on the right, the first difference on top. */
import { useEffect } from 'react'
import { VisibleText } from '../exchange/visible-text.tsx'
import { fulfilled, useWishes } from '../open.ts'
import { FaultNotice } from '../ui/fault-notice.tsx'
import { EmptyState, Notice } from '../ui/notice.tsx'
import { PaneHead } from '../ui/pane-head.tsx'
import { ScrollArea } from '../ui/scroll-area.tsx'
import type { DecodedWord } from './encoded-word.ts'
import { ExplainedRequest } from './explained-request.tsx'
import { SignatureSourcePart } from './signature-source.tsx'
import { SignatureSteps } from './signature-steps.tsx'
import { explain, useSignature } from './signature-view.ts'
import { AnswerToChanges, TryChanges } from './try-changes.tsx'

/** Another view asked for the signature of an exchange. */
function useWishedExchange(): void {
  const { signature } = useWishes()
  useEffect(() => {
    if (signature === null || useWishes.getState().signature !== signature) return
    fulfilled('signature')
    if (typeof signature === 'string') void explain({ kind: 'exchange', id: signature })
    else void explain({ kind: 'pasted', name: null, ...signature })
  }, [signature])
}

/** A header's value alone is no request; what it holds can be read all the same. */
function Decoded({ word: { text, broken } }: { readonly word: DecodedWord }) {
  return (
    <Notice title="An encoded-word (RFC 2047), decoded">
      <p className="font-mono text-sm wrap-anywhere">
        <VisibleText text={text} />
      </p>
      {broken && <p className="text-sm text-muted">What follows is no base64: the value was shortened.</p>}
    </Notice>
  )
}

export function SignaturePane() {
  useWishedExchange()
  const { source, explained, laboratory, word, running, fault } = useSignature()
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <PaneHead title="Signature" />
      <div className="grid min-h-0 flex-1 grid-cols-[minmax(17rem,2fr)_minmax(0,3fr)]">
        <ScrollArea label="Request and profile" className="flex flex-col gap-4 border-r border-line p-3">
          <h2 className="sr-only">Request and profile</h2>
          <SignatureSourcePart />
          {laboratory !== null && <TryChanges key={laboratory.id} laboratory={laboratory} />}
          {explained !== null && <ExplainedRequest explained={explained} />}
        </ScrollArea>
        <ScrollArea label="Steps" className="flex flex-col gap-4 p-3">
          <h2 className="sr-only">Steps</h2>
          <FaultNotice fault={fault} title="The signature cannot be taken apart" />
          {explained !== null && (
            <SignatureSteps explained={explained}>
              {laboratory !== null && <AnswerToChanges laboratory={laboratory} />}
            </SignatureSteps>
          )}
          {word !== null && <Decoded word={word} />}
          {explained === null && fault === null && word === null && (
            <EmptyState title={running ? 'Taking it apart …' : 'Nothing chosen yet'}>
              {source === null && (
                <p>
                  Choose a signed exchange of your own, or paste somebody else’s request. What the bank’s signing
                  profile wants is held against it, and the first difference is named.
                </p>
              )}
            </EmptyState>
          )}
        </ScrollArea>
      </div>
    </div>
  )
}
