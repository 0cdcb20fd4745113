/** An exchange as a command leaves it: the whole body in the document and in a file, its beginning on the screen. */
import { randomBytes } from 'node:crypto'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { WorkbenchClient } from '#core/workbench.ts'
import type { Exchange } from '#shared/contract/exchange.ts'
import { Fault } from '#shared/fault.ts'
import type { CommandContext, Options, Outcome } from '../command.ts'
import { exchangeDocument, exchangeText } from '../print/exchange.ts'

/** For commands that show an answer. */
export const outputOption = {
  output: {
    type: 'string',
    value: 'FILE',
    description: 'Write the body of the answer into this file: its bytes after decompression, secrets taken out',
  },
} as const satisfies Options

/** Bytes asked for at a time; the most the engine gives. */
const step = 1024 * 1024

type Client = Pick<WorkbenchClient, 'requests'>

/** The parts of a body that is kept apart, in order. */
async function* partsOf(exchange: string, as: 'text' | 'base64', client: Client, signal: AbortSignal) {
  for (let from = 0; ; ) {
    const { to, size, content } = await client.requests.body({ exchange, from, length: step, as }, { signal })
    yield content
    if (to >= size || to <= from) return
    from = to
  }
}

/** Documents carry bodies of any size whole. */
export async function withWholeBody<Given extends Exchange>(
  exchange: Given,
  client: Client,
  signal: AbortSignal,
): Promise<Given> {
  const { response } = exchange
  if (response === null || !response.stored) return exchange
  const parts: string[] = []
  for await (const part of partsOf(exchange.id, 'text', client, signal)) parts.push(part)
  const { stored: _, bodyComplete: __, ...rest } = response
  return { ...exchange, response: { ...rest, body: parts.join('') } }
}

async function* bytesOf({ id, response }: Exchange, client: Client, signal: AbortSignal): AsyncGenerator<Buffer> {
  if (response?.stored)
    for await (const part of partsOf(id, 'base64', client, signal)) yield Buffer.from(part, 'base64')
  else yield Buffer.from(response?.body ?? '', 'utf8')
}

async function writeParts(file: FileHandle, parts: AsyncIterable<Buffer>): Promise<number> {
  let size = 0
  try {
    for await (const part of parts) {
      for (let written = 0; written < part.length; ) written += (await file.write(part, written)).bytesWritten
      size += part.length
    }
    await file.sync()
    return size
  } finally {
    await file.close()
  }
}

/** The file is the old one or the whole new one. @returns bytes written. @throws Fault DATA_UNWRITABLE */
async function saveBody(exchange: Exchange, target: string, client: Client, signal: AbortSignal): Promise<number> {
  const part = join(dirname(target), `.${basename(target)}.${randomBytes(4).toString('hex')}`)
  try {
    const size = await writeParts(await open(part, 'wx', 0o600), bytesOf(exchange, client, signal))
    await rename(part, target)
    return size
  } catch (cause) {
    await rm(part, { force: true }).catch(() => {})
    const { code } = cause as NodeJS.ErrnoException
    if (typeof (cause as NodeJS.ErrnoException).syscall !== 'string') throw cause
    const message = `${target} could not be written: ${code}. The exchange is made: tpp history show ${exchange.id} --output FILE`
    throw new Fault('DATA_UNWRITABLE', message, { file: target, exchange: exchange.id }, cause)
  }
}

function refuseWithoutBody({ response, id }: Exchange, kept: boolean): void {
  if (response === null || !kept)
    throw new Fault('EXCHANGE_UNKNOWN', 'There is no body of this exchange to be written.', { exchange: id })
  if (response.bodyComplete === false && !response.stored)
    throw new Fault('EXCHANGE_UNKNOWN', 'Only the beginning of this body was kept: nothing is written.', {
      exchange: id,
    })
}

/** @param kept false: bodies of this exchange are not there */
export async function exchangeOutcome(
  exchange: Exchange,
  context: CommandContext,
  kept = true,
): Promise<Pick<Outcome, 'text'> & { document: ReturnType<typeof exchangeDocument> & { saved?: object } }> {
  const client = await context.client()
  const { signal, json } = context
  const file = context.arguments.text('output')
  if (file === undefined) {
    const whole = json ? await withWholeBody(exchange, client, signal) : exchange
    return { document: exchangeDocument(whole), text: exchangeText(exchange) }
  }
  refuseWithoutBody(exchange, kept)
  const bytes = await saveBody(exchange, file, client, signal)
  const { response } = exchange
  const bare = { ...exchange, response: response === null ? null : { ...response, body: '', bodyComplete: true } }
  return {
    // The body is in the file, and once is enough.
    document: { ...exchangeDocument(bare), saved: { file, bytes } },
    text: `${exchangeText(bare)}\n\nWrote the body, ${bytes} bytes, to ${file}.`,
  }
}
