/** An address of an answer: a link with its host where it may be opened, the text and the reason where not. */
import type { Exchange } from '#shared/contract/exchange.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { PageLink } from '../ui/page-link.tsx'
import { bodyOf, textAt } from './answer-members.ts'
import { pageAddress } from './page-address.ts'
import type { Desk } from './steps.ts'

export function AddressLink({
  desk,
  operation,
  address,
  name,
  primary = false,
}: {
  readonly desk: Desk
  /** Whose answer it is: some may lead into an app. */
  readonly operation: string
  readonly address: string
  readonly name: string
  readonly primary?: boolean
}) {
  const schemes = desk.bank.customerPages.find(({ operations }) => operations.includes(operation))?.schemes ?? []
  const { href, host, refused } = pageAddress(address, schemes, desk.environment.kind === 'local-sandbox')
  if (href !== null)
    return (
      <PageLink href={href} primary={primary}>
        {name} at {host}
      </PageLink>
    )
  return (
    <p className="flex min-w-0 flex-wrap items-center gap-2">
      <span className="text-muted">{name}:</span>
      <span className="font-mono text-sm wrap-anywhere">{address}</span>
      <CopyButton text={address} />
      <span className="text-muted">Not opened. {refused}</span>
    </p>
  )
}

/** The page an operation's answer leads to, where the bank's data says which member holds it; null where there is none. */
export function pageIn(desk: Desk, operation: string, exchange: Exchange | null) {
  const page = desk.bank.customerPages.find(({ operations }) => operations.includes(operation))
  const address = page === undefined ? null : textAt(bodyOf(exchange), page.at)
  return page === undefined || address === null ? null : { purpose: page.purpose, address }
}
