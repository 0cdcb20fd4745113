/** What a person can do about a finding or an explanation: a closed list of actions, one click in the window and one command in the terminal. */
import { z } from 'zod'

const label = z.string().min(1)
const place = { bank: z.string(), environment: z.string() }

export const remedySchema = z.discriminatedUnion('action', [
  z.object({ action: z.literal('refresh-grant'), label, target: z.object({ grant: z.string() }) }),
  z.object({ action: z.literal('authorise-scope'), label, target: z.object({ ...place, scope: z.string() }) }),
  z.object({ action: z.literal('enter-token'), label, target: z.object({ ...place, scope: z.string().nullable() }) }),
  z.object({ action: z.literal('choose-identity'), label, target: z.object(place) }),
  z.object({ action: z.literal('order-certificate'), label, target: z.object({}) }),
  z.object({ action: z.literal('register'), label, target: z.object(place) }),
  z.object({
    action: z.literal('set-parameter'),
    label,
    /** The value left out: a person has to give it. */
    target: z.object({ ...place, operation: z.string(), name: z.string(), value: z.string().nullable() }),
  }),
  z.object({
    action: z.literal('remove-header'),
    label,
    target: z.object({ ...place, operation: z.string(), name: z.string() }),
  }),
  z.object({
    action: z.literal('fill-in-environment'),
    label,
    /** `field` as the override of an environment names it, such as `urls.resource`. */
    target: z.object({ ...place, field: z.string().nullable() }),
  }),
  /** `consent` is the workbench's id of something it remembers. */
  z.object({ action: z.literal('open-consent'), label, target: z.object({ consent: z.string() }) }),
  /** Asks the bank once for the status of something remembered. */
  z.object({ action: z.literal('read-status'), label, target: z.object({ consent: z.string() }) }),
])
export type Remedy = z.infer<typeof remedySchema>
export type RemedyAction = Remedy['action']

/** A word of a command line, quoted for a POSIX shell where it needs to be. */
const word = (text: string): string => (/^[\w@%+=:,./{}-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`)

const at = (environment: string): string => (environment === 'sandbox' ? '' : ` --environment ${word(environment)}`)

type Commands = { [Action in RemedyAction]: (target: Extract<Remedy, { action: Action }>['target']) => string }

const commands: Commands = {
  'refresh-grant': ({ grant }) => `tpp access refresh ${word(grant)}`,
  'authorise-scope': ({ bank, environment, scope }) =>
    `tpp access authorise ${word(bank)} --scope ${word(scope)}${at(environment)}`,
  'enter-token': ({ bank, environment, scope }) =>
    `tpp access enter ${word(bank)}${scope === null ? '' : ` --scope ${word(scope)}`} --token-file FILE${at(environment)}`,
  'choose-identity': () => 'tpp keys list',
  'order-certificate': () => 'tpp keys order --name NAME',
  register: ({ bank, environment }) => `tpp register ${word(bank)}${at(environment)}`,
  'set-parameter': ({ name, value }) => `${word(name)}=${value === null ? 'VALUE' : word(value)}`,
  'remove-header': ({ name }) => `leave out --header ${word(name)}`,
  'fill-in-environment': ({ bank, environment }) => `tpp environment ${word(bank)} ${word(environment)}`,
  'open-consent': ({ consent }) => `tpp access follow ${word(consent)}`,
  'read-status': ({ consent }) => `tpp access follow ${word(consent)} --timeout 1`,
}

/** What does the same in the terminal: a command, or what to change in the arguments of the call. */
export function commandOf(remedy: Remedy): string {
  // The action picks the function whose parameter has that very target; the compiler cannot follow it through the union.
  const write = commands[remedy.action] as (target: Remedy['target']) => string
  return write(remedy.target)
}
