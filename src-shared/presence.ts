/** How a call says that its customer is there, and which calls a bank counts as made without them. */
import type { BankProfile } from './bank-profile.ts'

/** The framework's own name for it (Berlin Group), where a profile counts no calls. */
const usualHeader = 'PSU-IP-Address'

interface Call {
  readonly id: string
  readonly method: string
  readonly parameters: readonly { readonly in: string; readonly name: string }[]
}

type Of = Pick<BankProfile, 'unattended'>

export const presentHeader = ({ unattended }: Of): string => unattended?.presentHeader ?? usualHeader

/** Whether a call can say it at all. */
export function takesPresence(profile: Of, { parameters }: Pick<Call, 'parameters'>): boolean {
  const header = presentHeader(profile).toLowerCase()
  return parameters.some(({ in: place, name }) => place === 'header' && name.toLowerCase() === header)
}

/** Whether a bank counts such a call when the header is left out: reading accounts, and nothing a payment or consent is asked for. */
export function isCounted(profile: Of, call: Call): boolean {
  const { unattended } = profile
  if (unattended === undefined || call.method !== 'GET' || !takesPresence(profile, call)) return false
  return unattended.operations?.includes(call.id) ?? true
}
