import type { OrderInput } from '#shared/contract/keys.ts'
import { Fault } from '#shared/fault.ts'
import { type Command, positionals } from '../command.ts'
import { identityLines } from '../print/identity.ts'

/** The contract checks the words; only what was given is passed on. */
function orderInput(text: (name: string) => string | undefined, upload: boolean): OrderInput {
  const name = text('name')
  if (name === undefined)
    throw new Fault('USAGE', '--name is missing: give the identity a name, for example --name acme.', {
      option: 'name',
    })
  const roles = text('roles')
  const given = {
    organizationIdentifier: text('organisation-id'),
    organization: text('organisation'),
    country: text('country'),
    kind: text('kind')?.toUpperCase(),
    key: text('key'),
    profile: text('profile'),
    roles: roles?.split(',').map((role) => role.trim().toUpperCase()),
  }
  const entries = Object.entries(given).filter(([, value]) => value !== undefined)
  return { name, upload, ...(Object.fromEntries(entries) as Partial<OrderInput>) }
}

/** `tpp keys order`: a test certificate from the sandbox's QTSP. */
export const keysOrder: Command = {
  summary: "Order a test certificate from the local sandbox's QTSP; the key is made here and stays here",
  usage: ['keys order --name NAME'],
  options: {
    name: { type: 'string', value: 'NAME', description: 'Name of the identity' },
    'organisation-id': {
      type: 'string',
      value: 'ID',
      description: 'organizationIdentifier, e.g. PSDSE-FINA-5560123456 (made up when left out)',
    },
    organisation: { type: 'string', value: 'NAME', description: 'Organisation named in the certificate' },
    country: { type: 'string', value: 'CC', description: 'Country of the subject (SE)' },
    roles: { type: 'string', value: 'LIST', description: 'PSP_AI,PSP_PI,PSP_IC,PSP_AS (PSP_AI,PSP_PI)' },
    kind: { type: 'string', value: 'KIND', description: 'QWAC or QSEAL (QWAC)' },
    key: { type: 'string', value: 'KEY', description: 'rsa-2048, rsa-3072, rsa-4096, ec-p256, ec-p384 (rsa-2048)' },
    profile: {
      type: 'string',
      value: 'PROFILE',
      description: 'What shall be wrong with it: expired, not-yet-valid, other-ca, leaf-only, revoked, blocked (valid)',
    },
    'no-upload': { type: 'boolean', description: "Do not put the public part into the banks' portals" },
  },
  examples: ['keys order --name acme', 'keys order --name late --profile expired'],
  async run(context) {
    positionals(context, keysOrder)
    const input = orderInput(context.arguments.text, !context.arguments.flag('no-upload'))
    const identity = await (await context.client()).keys.order(input, { signal: context.signal })
    return { document: identity, text: identityLines(identity) }
  },
}
