/** Reads a JSON body with the schema both sides share. */
import { z } from 'zod'
import type { Received } from '#sandbox/net/answer.ts'
import { Refusal } from './refusal.ts'

export function readControlJson(received: Received): unknown {
  try {
    return JSON.parse(received.body.toString('utf8'))
  } catch {
    throw new Refusal(400, 'body_invalid', 'The body is no JSON.')
  }
}

export function readControlBody<Schema extends z.ZodType>(received: Received, schema: Schema): z.output<Schema> {
  const result = schema.safeParse(readControlJson(received))
  if (!result.success) throw new Refusal(400, 'body_invalid', z.prettifyError(result.error))
  return result.data
}
