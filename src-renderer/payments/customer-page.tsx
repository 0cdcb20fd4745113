/** The bank's page where the customer authorises what is created already, at a bank that otherwise asks for its customer first. */
import type { BankDetail } from '#shared/contract/banks.ts'
import type { Remembered } from '#shared/contract/followed.ts'
import { AuthorisingSteps } from '../access/authorising-steps.tsx'
import { keyStoreOpen } from '../access/key-store-open.ts'
import { authorising, startAuthorisingConsent } from '../authorising.ts'
import { createdThings } from '../created-things.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import type { PaymentWords } from './payment-words.ts'

/** The answer to its creation led to a page, and nothing the bank told since says that the customer was there. */
const isAwaited = ({ challenge }: BankDetail, { final, links, timeline }: Remembered): boolean =>
  challenge !== null && !final && links.includes(challenge.link) && timeline.length <= 1

export function CustomerPage({
  bank,
  thing,
  words,
}: {
  readonly bank: BankDetail
  readonly thing: Remembered
  readonly words: PaymentWords
}) {
  const { subject, running } = authorising()
  if (bank.challenge !== null && subject?.consent === thing.id) return <AuthorisingSteps />
  if (!isAwaited(bank, thing)) return null
  return (
    <Notice
      title={`The customer authorises this ${words.one} at the bank’s page`}
      action={
        <Button
          kind="primary"
          disabled={running}
          onClick={() => {
            if (keyStoreOpen()) void startAuthorisingConsent(thing, {}).then(() => createdThings.refresh())
          }}
        >
          Open the bank’s page
        </Button>
      }
    >
      The bank took it and its answer leads to a page. Nothing is sent again afterwards: the status tells how it went.
    </Notice>
  )
}
