import type { OrderInput } from '#shared/contract/keys.ts'
import { Fault } from '#shared/fault.ts'
import { type Arguments, type Command, positionals } from '../command.ts'
import { identityLines } from '../print/identity.ts'

/** The contract checks the words; only what was given is passed on. */
function orderInput({ text, integer, flag }: Arguments): OrderInput {
  const name = text('name')
  const upload = !flag('no-upload')
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
    issuer: text('issuer'),
    days: integer('days', 1, 825),
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
      description:
        'What shall be wrong with it: expired, not-yet-valid, other-ca, leaf-only, revoked, blocked, wrong-role, wrong-organisation, sha-1 (valid)',
    },
    issuer: {
      type: 'string',
      value: 'CA',
      description: 'standard, or non-ascii: a CA with an Å in its name (standard)',
    },
    days: { type: 'string', value: 'DAYS', description: 'Days it is valid for (90)' },
    'no-upload': { type: 'boolean', description: "Do not put the public part into the banks' portals" },
  },
  examples: [
    'keys order --name acme',
    'keys order --name late --profile expired',
    'keys order --name nord --issuer non-ascii',
  ],
  async run(context) {
    positionals(context, keysOrder)
    const input = orderInput(context.arguments)
    const identity = await (await context.client()).keys.order(input, { signal: context.signal })
    return { document: identity, text: identityLines(identity) }
  },
}
