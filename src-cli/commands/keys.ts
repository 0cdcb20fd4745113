import { type Command, positionals } from '../command.ts'
import { identityDetailLines, identityTable } from '../print/identity.ts'

/** `tpp keys list`: identities, without their keys. */
export const keysList: Command = {
  summary: 'List the identities',
  usage: ['keys list'],
  async run(context) {
    positionals(context, keysList)
    const list = await (await context.client()).keys.list(undefined, { signal: context.signal })
    return { document: list, text: identityTable(list) }
  },
}

/** `tpp keys inspect`: one identity with its chain. */
export const keysInspect: Command = {
  summary: 'Show one identity: subject, organisation, roles, authority, validity, chain',
  usage: ['keys inspect <name or id>'],
  async run(context) {
    const { identity } = positionals(context, keysInspect, 'identity')
    const detail = await (await context.client()).keys.inspect({ identity }, { signal: context.signal })
    return { document: detail, text: identityDetailLines(detail) }
  },
}

/** `tpp keys delete`: the key leaves the key store for good. */
export const keysDelete: Command = {
  summary: 'Delete an identity and its private key',
  usage: ['keys delete <name or id>'],
  async run(context) {
    const { identity } = positionals(context, keysDelete, 'identity')
    const gone = await (await context.client()).keys.delete({ identity }, { signal: context.signal })
    return { document: gone, text: `Deleted ${gone.name} (${gone.id}) and its private key.` }
  },
}
