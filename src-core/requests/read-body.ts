/** Reads a part of an answer's body, whatever its size and wherever it is kept. */
import type { KeptExchange } from '#shared/contract/history.ts'
import { Fault } from '#shared/fault.ts'
import type { BodyPart, LargeAnswers } from './large-answers.ts'

interface Log {
  show(id: string): Promise<KeptExchange>
}

/** The bodies the database has are small enough to be cut here. */
async function fromHistory(exchange: string, start: number, length: number, log: Log): Promise<BodyPart> {
  const { response, bodies } = await log.show(exchange)
  if (response === null || bodies !== 'kept' || response.stored) {
    const reason = response === null ? 'no answer came' : 'it was not kept, or is not kept any more'
    throw new Fault('EXCHANGE_UNKNOWN', `There is no body of this exchange: ${reason}.`, { id: exchange })
  }
  const whole = Buffer.from(response.body, 'utf8')
  return { bytes: whole.subarray(start, start + length), size: whole.length }
}

/** @throws Fault EXCHANGE_UNKNOWN, those of the key store, SECRET_DAMAGED */
export const readBody =
  (large: Pick<LargeAnswers, 'read'>, log: Log) =>
  async (exchange: string, start: number, length: number): Promise<BodyPart> =>
    (await large.read(exchange, start, length)) ?? fromHistory(exchange, start, length, log)
