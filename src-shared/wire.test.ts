/** Faults cross an oRPC router and arrive as the faults they were; everything else arrives as INTERNAL. */
import { ORPCError } from '@orpc/client'
import { createRouterClient, os } from '@orpc/server'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Fault, faults } from './fault.ts'
import { fromWire, toWire } from './wire.ts'

/** A real procedure whose handler throws, called as the hosts call the engine. */
function caller(work: () => unknown) {
  const input = z.strictObject({ target: z.strictObject({ limit: z.int().min(1) }) })
  const procedure = os
    .input(input)
    .output(z.object({ ok: z.boolean() }))
    .handler(() => work() as { ok: boolean })
  return createRouterClient(
    { procedure },
    {
      interceptors: [
        async ({ next }) => {
          try {
            return await next()
          } catch (error) {
            throw toWire(error)
          }
        },
      ],
    },
  )
}

const thrownBy = async (work: Promise<unknown>): Promise<ORPCError<string, unknown>> => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(ORPCError)
  return error as ORPCError<string, unknown>
}

const valid = { target: { limit: 1 } }

describe('the wire', () => {
  it('carries a fault with its code, message and details', async () => {
    const client = caller(() => {
      throw new Fault('BANK_UNKNOWN', 'There is no bank "ikea".', { bank: 'ikea', near: ['ica-banken'] })
    })
    const fault = fromWire(await thrownBy(client.procedure(valid)))
    expect(fault).toBeInstanceOf(Fault)
    expect(fault.toJSON()).toEqual({
      code: 'BANK_UNKNOWN',
      message: 'There is no bank "ikea".',
      details: { bank: 'ikea', near: ['ica-banken'] },
    })
  })

  it('survives being data in between', async () => {
    const sent = JSON.parse(JSON.stringify(toWire(new Fault('DEADLINE', 'Late.', { deadline: 5 })))) as {
      code: string
      message: string
      data: Record<string, unknown>
    }
    const fault = fromWire(new ORPCError(sent.code, { message: sent.message, data: sent.data }))
    expect(fault.toJSON()).toEqual({ code: 'DEADLINE', message: 'Late.', details: { deadline: 5 } })
  })

  it('turns input the contract does not accept into INPUT_INVALID with the field', async () => {
    const client = caller(() => ({ ok: true }))
    const fault = fromWire(await thrownBy(client.procedure({ target: { limit: 0 } })))
    expect(fault.code).toBe('INPUT_INVALID')
    expect(fault.details).toEqual({ field: 'target.limit' })
    expect(fault.message).toMatch(/^target\.limit: ./)
    const extra = { target: { limit: 1, colour: 'red' } } as { target: { limit: number } }
    expect(fromWire(await thrownBy(client.procedure(extra))).message).toContain('colour')
  })

  it.each([
    ['an error', () => new Error('stack-canary in /home/anna')],
    ['a word', () => 'word-canary'],
    ['a system error', () => Object.assign(new Error('ENOENT canary'), { code: 'ENOENT' })],
    ['an error that only looks like a fault', () => Object.assign(new Error('canary'), { code: 'DEADLINE' })],
    ['an oRPC error that is none of ours', () => new ORPCError('NOT_FOUND', { message: 'canary' })],
  ])('lets nothing of %s across', async (_, make) => {
    const client = caller(() => {
      // oxlint-disable-next-line typescript/only-throw-error -- that is what is tried here
      throw make()
    })
    const error = await thrownBy(client.procedure(valid))
    expect(error.code).toBe('INTERNAL')
    expect(JSON.stringify(error)).not.toContain('canary')
    expect(fromWire(error).toJSON()).toEqual({ code: 'INTERNAL', message: faults.INTERNAL.sentence, details: {} })
  })

  it('calls output the contract does not accept our own mistake', async () => {
    const client = caller(() => ({ ok: 'canary' }))
    const error = await thrownBy(client.procedure(valid))
    expect(error.code).toBe('INTERNAL')
    expect(JSON.stringify(error)).not.toContain('canary')
  })

  it('keeps what is a fault already, and takes anything else for INTERNAL', () => {
    const fault = new Fault('CANCELLED')
    expect(fromWire(fault)).toBe(fault)
    expect(fromWire(new ORPCError('INPUT_INVALID', { message: 'x', data: { field: 'a' } })).code).toBe('INPUT_INVALID')
    expect(fromWire(new TypeError('no')).code).toBe('INTERNAL')
    expect(fromWire(new ORPCError('BAD_REQUEST')).code).toBe('INPUT_INVALID')
  })
})
