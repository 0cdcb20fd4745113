/** Says what a draft from history no longer has, and why. */
import type { LeftOut } from '#shared/contract/history.ts'

const reasons: Readonly<Record<LeftOut['reason'], string>> = {
  redacted: 'it held a secret, which history does not keep',
  'not-kept': 'it was not kept',
  sealed: 'it is sealed and the key store is locked',
}

const parts: Readonly<Record<LeftOut['part'], (name: string) => string>> = {
  parameters: () => 'All parameters and headers',
  parameter: (name) => `The parameter ${name}`,
  header: (name) => `The header ${name}`,
  body: () => 'The body',
}

/** `The body is missing: it held a secret, which history does not keep.` */
export const leftOutSentence = ({ part, name, reason }: LeftOut): string =>
  part === 'parameters'
    ? `${parts[part](name)} are missing: they were not kept.`
    : `${parts[part](name)} is missing: ${reasons[reason]}.`
