/** Documents for tests: those of a folder, and small or large ones made of parts. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ImportFile } from '../read-document.ts'

/** Every file below a folder of `testing`. */
export function folderFilesOf(name: string): ImportFile[] {
  const folder = join(import.meta.dirname, name)
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({
      path: path.slice(folder.length + 1).replaceAll('\\', '/'),
      text: readFileSync(path, 'utf8'),
    }))
}

/** A document as small as one can be, with what a test is about. */
export const smallDocument = (parts: Record<string, unknown> = {}): Record<string, unknown> => ({
  openapi: '3.1.0',
  info: { title: 'Small', version: '1' },
  servers: [{ url: 'https://api.bank.example' }],
  paths: { '/a': { get: { operationId: 'a', responses: { 200: { description: 'OK' } } } } },
  ...parts,
})

/** Forty operations and some 600 kB, in the manner of a bank's document. */
export function largeDocument(): Record<string, unknown> {
  const parameter = (index: number) => ({
    name: `parameter-${index}`,
    in: 'query',
    description: 'What the value is for, in a sentence or two of ordinary length. '.repeat(2),
    schema: { type: 'string', pattern: '^[A-Za-z0-9-]{1,35}$', maxLength: 35 },
  })
  const operation = (index: number) => ({
    operationId: `operation${index}`,
    tags: [`Part ${index % 6}`],
    summary: `Operation ${index}`,
    description: 'What it does and what it asks for. '.repeat(20),
    parameters: Array.from({ length: 20 }, (_, each) => parameter(each)),
    responses: {
      200: {
        description: 'OK',
        content: { 'application/json': { schema: { $ref: `#/components/schemas/Thing${index}` } } },
      },
    },
  })
  const schema = (index: number) => ({
    type: 'object',
    properties: Object.fromEntries(
      Array.from({ length: 12 }, (_, each) => [
        `field${each}`,
        {
          type: 'string',
          nullable: true,
          maxLength: 70,
          description: 'One of its fields, described.',
          example: 'a value',
        },
      ]),
    ),
    description: `Thing ${index}`,
  })
  const forty = Array.from({ length: 40 }, (_, index) => index)
  return {
    openapi: '3.0.3',
    info: { title: 'A large bank', version: '2' },
    servers: [{ url: 'https://api.large.example' }],
    paths: Object.fromEntries(forty.map((index) => [`/things-${index}`, { get: operation(index) }])),
    components: {
      schemas: Object.fromEntries(Array.from({ length: 260 }, (_, index) => [`Thing${index}`, schema(index)])),
    },
  }
}
