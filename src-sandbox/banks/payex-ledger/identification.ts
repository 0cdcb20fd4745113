/** Begins the identification of a customer, and takes what Curity gave at its end. */
import { z } from 'zod'
import type { OperationHandler } from '#sandbox/bank/simulated-bank.ts'
import { type Answer, emptyAnswer, jsonAnswer } from '#sandbox/net/answer.ts'
import { digestOf } from '#sandbox/state/secret-digest.ts'
import type { Country } from './customers.ts'
import type { PayexSurroundings } from './payex-surroundings.ts'
import { type AdmittedCall, withPreAuthorization } from './pre-authorization-gate.ts'

/** How long what Curity gave can be handed in. */
const resultMilliseconds = 5 * 60_000

function begin(admitted: AdmittedCall, country: Country): void {
  const { customer, preAuthorization, refuse } = admitted
  if (customer.country !== country) refuse('invalid-state', `ledger ${customer.ledger} is in ${customer.country}`)
  if ((preAuthorization.identification?.doneAt ?? null) !== null)
    refuse('invalid-state', 'the customer was identified already')
  preAuthorization.identification = { result: null, doneAt: null }
}

const reason = ({ customer }: AdmittedCall): string => `${customer.name} is to be identified at Curity`

export const beginSwedish = (payex: PayexSurroundings): OperationHandler =>
  withPreAuthorization(payex, (admitted): Answer => {
    begin(admitted, 'SE')
    return emptyAnswer(204, reason(admitted))
  })

const prefilled = (admitted: AdmittedCall, last: string) => ({
  nationalConsumerIdentifier: admitted.customer.nationalId,
  preAuthorizationId: admitted.preAuthorization.id,
  '@id': admitted.path(`/${last}`),
})

export const beginNorwegian = (payex: PayexSurroundings): OperationHandler =>
  withPreAuthorization(payex, (admitted) => {
    begin(admitted, 'NO')
    const { msisdn } = admitted.customer
    return jsonAnswer(200, { ...prefilled(admitted, 'begin-bankid-no-authentication'), msisdn }, reason(admitted))
  })

export const beginDanish = (payex: PayexSurroundings): OperationHandler =>
  withPreAuthorization(payex, (admitted) => {
    begin(admitted, 'DK')
    return jsonAnswer(200, prefilled(admitted, 'begin-mitid-dk-authentication'), reason(admitted))
  })

function bodyOf<Schema extends z.ZodType>({ call, refuse }: AdmittedCall, schema: Schema): z.output<Schema> {
  let value: unknown = null
  try {
    value = JSON.parse(call.received.body.toString('utf8'))
  } catch {
    // No JSON holds none of the fields either.
  }
  const result = schema.safeParse(value)
  if (result.success) return result.data
  return refuse(
    'invalid-state',
    `the body does not fit: ${result.error.issues.map(({ path }) => path.join('.')).join(', ')}`,
  )
}

function finish(admitted: AdmittedCall, country: Country, secret: string): Answer {
  const { customer, now, preAuthorization, refuse } = admitted
  const { identification } = preAuthorization
  if (customer.country !== country) refuse('invalid-state', `ledger ${customer.ledger} is in ${customer.country}`)
  if (!identification) return refuse('invalid-state', 'no identification was begun')
  if (identification.doneAt !== null) refuse('invalid-state', 'the customer was identified already')
  if (!identification.result) return refuse('invalid-state', 'the customer has not been at Curity yet')
  if (identification.result.digest !== digestOf(secret))
    refuse('invalid-state', 'this is not what Curity gave last for this pre-authorization')
  if (now - identification.result.at > resultMilliseconds)
    refuse('invalid-state', 'what Curity gave is older than 5 minutes')
  identification.doneAt = now
  return jsonAnswer(201, {}, `${customer.name} is identified`)
}

export const verifySwedish = (payex: PayexSurroundings): OperationHandler =>
  withPreAuthorization(payex, (admitted) => {
    const { accessToken } = bodyOf(admitted, z.object({ accessToken: z.string() }))
    return finish(admitted, 'SE', accessToken)
  })

export const verifyWithCode = (payex: PayexSurroundings, country: 'NO' | 'DK'): OperationHandler =>
  withPreAuthorization(payex, (admitted) => {
    const { code, state } = bodyOf(admitted, z.object({ code: z.string(), state: z.string() }))
    if (state !== admitted.preAuthorization.id)
      admitted.refuse('invalid-state', 'state is not the preAuthorizationId of this pre-authorization')
    return finish(admitted, country, code)
  })
