import type { HistoryQuery } from '#shared/contract/history.ts'
import { Fault } from '#shared/fault.ts'
import {
  type Arguments,
  type Command,
  type CommandContext,
  type Options,
  type Outcome,
  positionals,
} from '../command.ts'
import { historyTable } from '../print/history.ts'
import { exchangeOutcome, outputOption } from './exchange-outcome.ts'

const isExchangeId = (word: string): boolean => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(word)

async function show(context: CommandContext, id: string): Promise<Outcome> {
  const exchange = await (await context.client()).history.show({ id }, { signal: context.signal })
  const { document, text } = await exchangeOutcome(exchange, context, exchange.bodies === 'kept')
  return {
    document,
    text: `${exchange.at}  ${exchange.operation}\n${text}`,
  }
}

const statusClass = /^([1-5])xx$/i

function statusOf(given: string | undefined): HistoryQuery['status'] {
  if (given === undefined || given === 'none') return given
  const family = statusClass.exec(given)?.[1]
  if (family !== undefined) return `${family}xx` as HistoryQuery['status']
  if (/^[1-5]\d\d$/.test(given)) return Number(given)
  throw new Fault('USAGE', `--status takes a status such as 401, a class such as 4xx, or none, not "${given}".`, {
    option: 'status',
  })
}

/** Options that go into the question as they are. */
const plain = ['bank', 'environment', 'operation', 'fault', 'error', 'before', 'from', 'to'] as const

function queryOf(given: Arguments): Partial<HistoryQuery> {
  const limit = given.integer('limit', 1, 1000)
  const status = statusOf(given.text('status'))
  const texts = plain.map((name) => [name, given.text(name)]).filter(([, value]) => value !== undefined)
  return {
    ...(limit === undefined ? {} : { limit }),
    ...(status === undefined ? {} : { status }),
    ...(Object.fromEntries(texts) as Partial<HistoryQuery>),
  }
}

/** Exchanges hold the id; an identity that was deleted is known by nothing else. */
async function identityOf(context: CommandContext): Promise<Partial<HistoryQuery>> {
  const identity = context.arguments.text('identity')
  if (identity === undefined) return {}
  const known = await (await context.client()).keys.inspect({ identity }).catch(() => null)
  return { identity: known?.id ?? identity }
}

/** Said once, wherever it is first met; a history that cannot tell is no reason to fail here. */
async function tellWhatHappened(context: CommandContext): Promise<void> {
  const { history } = await context.client()
  const status = await history.status().catch(() => null)
  if (status === null) return
  if (status.readOnly !== null) context.tell(status.readOnly)
  const fresh = status.putAside.filter(({ seen }) => !seen)
  for (const { file } of fresh)
    context.tell(
      `The history database was damaged. It was put aside as ${file}, and a new one was started. What can still be read comes back with: tpp history salvage ${file}`,
    )
  if (fresh.length > 0) await history.dismiss().catch(() => null)
}

const options: Options = {
  limit: { type: 'string', value: 'N', description: 'How many at the most (50)' },
  bank: { type: 'string', value: 'ID', description: 'Only those with this bank' },
  environment: { type: 'string', value: 'ID', description: 'Only those in this environment' },
  operation: { type: 'string', value: 'ID', description: 'Only those of this operation' },
  status: { type: 'string', value: 'S', description: 'A status (401), a class (4xx), or none: no answer came' },
  fault: { type: 'string', value: 'CODE', description: 'Only those that ended in this fault; any: in one at all' },
  error: { type: 'string', value: 'ID', description: 'Only those this error row explains' },
  identity: { type: 'string', value: 'NAME', description: 'Only those sent with this identity' },
  from: { type: 'string', value: 'MOMENT', description: 'From this moment on, such as 2026-11-21T12:00:00Z' },
  to: { type: 'string', value: 'MOMENT', description: 'Up to this moment' },
  before: {
    type: 'string',
    value: 'ID',
    description: 'Only what comes after this exchange in the list: the next page',
  },
}

/** `tpp history [words]`: what was sent, newest first; `tpp history <id>` shows one exchange. */
export const history: Command = {
  summary: 'List or search the exchanges made, or show one',
  usage: ['history [words …]', 'history <exchange id>'],
  options: { ...options, ...outputOption },
  examples: ['history consent expired --status 4xx', 'history --bank ica-banken --limit 10'],
  async run(context) {
    const words = context.arguments.positionals
    const [first] = words
    if (first !== undefined && words.length === 1 && isExchangeId(first)) return show(context, first)
    if (context.arguments.text('output') !== undefined)
      throw new Fault('USAGE', '--output takes the body of one exchange: tpp history show <exchange id> --output FILE')
    const query = { ...queryOf(context.arguments), ...(await identityOf(context)) }
    const client = await context.client()
    const asked = { ...query, ...(first === undefined ? {} : { words: words.join(' ') }) }
    const rows = await client.history.list(asked, { signal: context.signal })
    await tellWhatHappened(context)
    // One word alone may be meant as an id: finding nothing is then no empty list.
    if (rows.length === 0 && words.length === 1 && Object.keys(query).length === 0)
      throw new Fault(
        'EXCHANGE_UNKNOWN',
        `History has no exchange "${first}", and none in which that word stands. List them with: tpp history`,
        { id: first },
      )
    const nothing = Object.keys(asked).length === 0 ? 'Nothing was sent yet.' : 'No exchange is like that.'
    return { document: rows, text: rows.length === 0 ? nothing : historyTable(rows) }
  },
}

/** `tpp history show`: one exchange. */
export const historyShow: Command = {
  summary: 'Show one exchange',
  usage: ['history show <exchange id>'],
  options: outputOption,
  run: (context) => show(context, positionals(context, historyShow, 'exchange id')['exchange id']),
}
