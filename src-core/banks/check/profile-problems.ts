/** Whether what bank.yaml names exists: operations, rows, hosts and parameters. */
import type { BankProfile } from '#shared/bank-profile.ts'
import { type CheckedBank, declaredParameters, hint, repeated } from './checked-bank.ts'
import { followed, inside, type Json, objectOf } from './json-document.ts'
import type { Problem } from './problem.ts'

const file = 'bank.yaml'
const at = (message: string, ...path: readonly PropertyKey[]): Problem => ({
  message,
  file,
  place: inside('#', ...path),
})

const repeatedIds = (what: string, entries: readonly { id: string }[], key: string): Problem[] =>
  repeated(entries.map(({ id }) => id)).map(({ value, index }) =>
    at(`The id ${value} is given to more than one ${what}. Give each its own.`, key, index, 'id'),
  )

/** Names that nobody has. */
const unknownNames = (
  names: readonly string[],
  known: readonly string[],
  says: (name: string) => string,
  ...path: readonly PropertyKey[]
): Problem[] =>
  names.filter((name) => !known.includes(name)).map((name) => at(`${says(name)} ${hint(name, known)}`, ...path, name))

export function statusProblems({ bank }: CheckedBank): Problem[] {
  return Object.entries(bank.profile.statuses).flatMap(([vocabulary, statuses]) => [
    ...repeated(statuses.map(({ code }) => code)).map(({ value, index }) =>
      at(`The status ${value} stands twice among ${vocabulary}. Keep one.`, 'statuses', vocabulary, index, 'code'),
    ),
    ...statuses.flatMap(({ code, name, meaning }, index) =>
      [code, name, meaning].some((words) => words.trim() === '')
        ? [
            at(
              `Status ${index + 1} of ${vocabulary} needs a code, a name and a meaning.`,
              'statuses',
              vocabulary,
              index,
            ),
          ]
        : [],
    ),
  ])
}

export function environmentProblems(checked: CheckedBank): Problem[] {
  const { environments, hosts } = checked.bank.profile
  const hostNames = Object.keys(hosts)
  const parameters = declaredParameters(checked).map((key) => key.slice(key.indexOf(' ') + 1))
  const each = environments.flatMap(({ id, urls, certificates, values }, index) => {
    const host = (name: string) => `Environment ${id} names the host ${name}, which hosts does not have.`
    const parameter = (name: string) => `Environment ${id} has a value for ${name}, which no operation takes.`
    return [
      ...unknownNames(Object.keys(urls), hostNames, host, 'environments', index, 'urls'),
      ...unknownNames(Object.keys(certificates), hostNames, host, 'environments', index, 'certificates'),
      ...unknownNames(Object.keys(values), parameters, parameter, 'environments', index, 'values'),
    ]
  })
  return [...repeatedIds('environment', environments, 'environments'), ...each]
}

/** What to do about an operation that is not there; the endpoints of OAuth are operations too. */
function remedy(name: string, [key]: readonly PropertyKey[], known: readonly string[]): string {
  const words = hint(name, known)
  return key === 'access' && !words.startsWith('Did you mean')
    ? 'Describe the endpoint in openapi.yaml, with this operationId.'
    : words
}

function operationNames(profile: BankProfile): [name: string, path: PropertyKey[]][] {
  const { registration, access, customerPages, unattended } = profile
  return [
    ...(registration
      ? [[registration.operation, ['registration', 'operation']] satisfies [string, PropertyKey[]]]
      : []),
    ...(['authorize', 'token', 'refresh'] as const).flatMap((key): [string, PropertyKey[]][] => {
      const name = access?.flow === 'oauth-code' ? access[key] : undefined
      return name === undefined ? [] : [[name, ['access', key]]]
    }),
    ...(unattended?.operations ?? []).map((name, which): [string, PropertyKey[]] => [
      name,
      ['unattended', 'operations', which],
    ]),
    ...customerPages.flatMap(({ operations }, index) =>
      operations.map((name, which): [string, PropertyKey[]] => [name, ['customerPages', index, 'operations', which]]),
    ),
  ]
}

function registrationProblems({ bank, files }: CheckedBank): Problem[] {
  const { registration } = bank.profile
  if (registration === undefined) return []
  const rows = bank.errors.map(({ id }) => id)
  const row = registration.alreadyRegistered
  const body = bank.operations.find(({ id }) => id === registration.operation)?.body?.schema
  const fields = Object.keys(objectOf(followed(files.openapi, body as Json | undefined).properties))
  const field = (name: string) => `The registration fills the field ${name}, which its body does not have.`
  return [
    ...(row === undefined || rows.includes(row)
      ? []
      : [at(`There is no error row ${row}. ${hint(row, rows)}`, 'registration', 'alreadyRegistered')]),
    ...unknownNames(Object.keys(registration.body), fields, field, 'registration', 'body'),
  ]
}

export function namedOperationProblems(checked: CheckedBank): Problem[] {
  const known = [...checked.operationIds]
  const unknown = operationNames(checked.bank.profile)
    .filter(([name]) => !checked.operationIds.has(name))
    .map(([name, path]) => at(`There is no operation ${name}. ${remedy(name, path, known)}`, ...path))
  return [...unknown, ...registrationProblems(checked)]
}
