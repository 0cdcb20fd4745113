/** The call as it will go out, worked out by the send path itself up to the wire. */
import { HeaderTable } from '../exchange/header-table.tsx'
import { MethodName } from '../exchange/method-name.tsx'
import { SigningLines } from '../exchange/signing-lines.tsx'
import { Loading } from '../ui/notice.tsx'
import type { Preflight } from './use-preflight.ts'

/** The way from the bytes of the body to the value of the signature. */
function Signed({ signature }: { readonly signature: NonNullable<Preflight['signature']> }) {
  const { signingString, protectedHeader, digestInput, algorithm } = signature
  // A detached JWS puts its header and a dot in front of the lines.
  const lines = signingString.slice(protectedHeader === null ? 0 : signingString.indexOf('.') + 1).split('\n')
  return (
    <section aria-label="What is signed" className="flex flex-col gap-1 border-t border-line px-3 pb-2">
      <h3 className="h-7 leading-7">What is signed</h3>
      <p className="text-sm text-muted">
        Digest is made of the body’s {digestInput === 0 ? '0 bytes, the empty string' : `${digestInput} bytes`}; the
        signature, {algorithm}, is made of{' '}
        {protectedHeader === null ? 'these lines' : 'the JOSE header and these lines'}.
      </p>
      <SigningLines label="Lines that are signed" lines={lines} lineFeeds />
    </section>
  )
}

export function WillBeSent({ preflight }: { readonly preflight: Preflight }) {
  const { request, signature, fault, obstacle, current } = preflight
  if (request === null)
    return fault === null ? (
      <Loading what="Working it out" />
    ) : (
      <p className="p-3 text-muted">Nothing can be sent as it stands. The line above the response says why.</p>
    )
  return (
    <div className={current ? '' : 'opacity-70'}>
      {fault !== null && obstacle === null && (
        <p className="border-b border-line px-3 py-1.5 text-caution">
          Held back, because it breaks the schema. “Send anyway” sends this:
        </p>
      )}
      <p className="flex items-baseline gap-2 px-3 py-2">
        <MethodName method={request.method} narrow />
        <span className="min-w-0 font-mono text-sm wrap-anywhere">{request.url}</span>
      </p>
      <HeaderTable caption="Headers" headers={request.headers} />
      <p className="border-t border-line px-3 py-1 text-sm text-muted">
        Secrets are redacted here and sent in full. Computed values are made anew when the call is sent.
      </p>
      {request.body !== null && (
        <section aria-label="Body to be sent" className="border-t border-line">
          <h3 className="h-7 px-3 leading-7">Body</h3>
          <pre className="px-3 pb-2 font-mono text-sm leading-5 break-all whitespace-pre-wrap">
            {request.body.slice(0, 20_000)}
          </pre>
          {request.body.length > 20_000 && (
            <p className="px-3 pb-2 text-sm text-muted">The first 20,000 characters are shown; all of it is sent.</p>
          )}
        </section>
      )}
      {signature !== null && <Signed signature={signature} />}
    </div>
  )
}
