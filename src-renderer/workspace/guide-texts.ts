/** What the guide says of each step: what happens, and why it matters. */
import type { BankDetail } from '#shared/contract/banks.ts'
import type { StepId } from './pipeline.ts'

interface GuideText {
  readonly happens: string
  readonly matters: string
}

const minutes = (seconds: number): string => `${Math.round(seconds / 60)} minutes`

const byConsent: GuideText = {
  happens:
    'You ask the bank for a consent: which accounts, how often, until when. Its customer authorises it on the bank’s page.',
  matters: 'Without a valid consent the bank tells nothing of its customer. It ends by itself, and can be taken back.',
}

const byScope = (bank: BankDetail): GuideText => ({
  happens: `The customer signs one scope on the bank's page, and the browser comes back with a code that is exchanged at once${bank.lifetimes === null ? '' : `, because it lives for ${bank.lifetimes.code} s`}.`,
  matters: `The grant is the customer's consent${bank.lifetimes === null ? '' : `: its access token is good for ${minutes(bank.lifetimes.accessToken)}, and the refresh token brings the next`}. Both stay in the key store.`,
})

export const guideTexts: Record<StepId, (bank: BankDetail) => GuideText> = {
  identity: () => ({
    happens: 'A private key is made in your key store, and a QTSP issues a QWAC for its public part.',
    matters: 'That certificate is who you are to a bank: it names your organisation, your NCA and your PSD2 roles.',
  }),
  registration: (bank) => ({
    happens: `${bank.name} takes the certificate over mutual TLS and keeps your organizationIdentifier with the callback addresses you use.`,
    matters: 'Without it no customer can be sent to the bank: it refuses an unknown client or callback.',
  }),
  access: (bank) => (bank.resources.some(({ kind }) => kind === 'consent') ? byConsent : byScope(bank)),
  calls: (bank) => ({
    happens: 'The call carries the token and goes out over the same certificate, from the process that owns the key.',
    matters:
      bank.unattended === null
        ? 'The answer is kept in History, redacted, with the certificate that was really sent.'
        : `${bank.unattended.presentHeader} says that the customer is asking: without it a call counts against ${bank.unattended.perDay} a day.`,
  }),
}

/** The step is access, and a customer has given it before. */
export const refreshText: GuideText = {
  happens:
    'The refresh token, good for one use, brings new tokens; they are stored before the first call that uses them.',
  matters: 'The customer need not be asked again, until the refresh token itself is over.',
}
