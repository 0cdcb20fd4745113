import { type Command, positionals } from '../command.ts'
import { table } from '../print/table.ts'

const duration = (seconds: number): string =>
  seconds <= 0 ? 'over' : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`

/** `tpp access list`: the grants, without their tokens. */
export const accessList: Command = {
  summary: 'List the grants with their scope and the time left',
  usage: ['access list'],
  async run(context) {
    positionals(context, accessList)
    const client = await context.client()
    const grants = await client.access.list(undefined, { signal: context.signal })
    // Said, not printed: the list is right without them.
    for (const { message } of await client.access.damaged(undefined, { signal: context.signal })) context.tell(message)
    const rows = grants.map(({ unattended, ...grant }) => [
      grant.id,
      grant.bank,
      grant.environment,
      grant.identityName,
      grant.customer ?? '-',
      grant.scope,
      duration(grant.accessTokenSecondsLeft),
      grant.refreshable ? (grant.refreshTokenExpiresAt?.slice(0, 10) ?? 'yes') : 'no',
      unattended === null ? '-' : `${unattended.used} of ${unattended.perDay}`,
      grant.binding === null ? '-' : grant.binding.matches === false ? 'another certificate' : 'certificate',
    ])
    const text =
      rows.length === 0
        ? 'No grant yet. Get one: tpp access authorise <bank> --scope SCOPE'
        : table(
            [
              'ID',
              'BANK',
              'ENVIRONMENT',
              'IDENTITY',
              'CUSTOMER',
              'SCOPE',
              'TOKEN',
              'REFRESH UNTIL',
              'UNATTENDED',
              'BOUND TO',
            ],
            rows,
          )
    return { document: grants, text }
  },
}

/** `tpp access refresh`: spend the refresh token for new ones. */
export const accessRefresh: Command = {
  summary: 'Refresh the tokens of a grant',
  usage: ['access refresh <grant>'],
  async run(context) {
    const { grant } = positionals(context, accessRefresh, 'grant')
    const fresh = await (await context.client()).access.refresh({ grant }, { signal: context.signal })
    return {
      document: fresh,
      text: `Grant ${fresh.id} (${fresh.scope}) is good for ${duration(fresh.accessTokenSecondsLeft)} again.`,
    }
  },
}

/** `tpp access revoke`: forget the tokens of a grant. */
export const accessRevoke: Command = {
  summary: 'Delete the tokens of a grant from the key store',
  usage: ['access revoke <grant>'],
  async run(context) {
    const { grant } = positionals(context, accessRevoke, 'grant')
    const outcome = await (await context.client()).access.revoke({ grant }, { signal: context.signal })
    const bank = outcome.atBank
      ? 'The bank was told.'
      : 'The bank has no call for this: there the customer withdraws access.'
    return { document: outcome, text: `The tokens of grant ${outcome.id} are deleted here. ${bank}` }
  },
}
