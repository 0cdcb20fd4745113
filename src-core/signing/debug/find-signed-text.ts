/** Where a signature does not verify: finds the text that was signed instead, among those programs make by mistake. */
import { hash } from 'node:crypto'
import type { SignatureDifferenceId } from '#shared/contract/signature-debug.ts'
import type { DebugRequest } from './debug-request.ts'
import { signedValue } from './judge-header-list.ts'

/** A text that may have been signed, and what is wrong with it. */
export interface Variant {
  readonly id: SignatureDifferenceId
  readonly message: string
  readonly bytes: Uint8Array
}

export interface Line {
  readonly name: string
  readonly value: string
}

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1')
const write = (lines: readonly Line[], colon = ': ', end = '\n'): string =>
  lines.map(({ name, value }) => `${name}${colon}${value}`).join(end)

/** Most lines whose orders are all tried: 120 of them. */
const mostPermuted = 5

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length < 2) return [[...items]]
  return items.flatMap((item, index) =>
    permutations([...items.slice(0, index), ...items.slice(index + 1)]).map((rest) => [item, ...rest]),
  )
}

/** `name` as the request spells it. */
const asSent = ({ headers }: DebugRequest, name: string): string =>
  headers.find(([other]) => other.toLowerCase() === name)?.[0] ?? name

const whiteSpace = (what: string): string =>
  `The signature is over the lines ${what}. The bank wants "name: value", lines joined by one LF and none at the end.`

/** Most lines of which each may be spelled one way or the other: 64 texts. */
const mostMixed = 6

/** As the list has the names, as a program writes them, and as the request has all or some of them. */
function spellings(request: DebugRequest, lines: readonly Line[], listed: readonly string[]): (readonly string[])[] {
  const names = lines.map(({ name }) => name)
  const sent = names.map((name) => asSent(request, name))
  const capital = names.map((name) => name.replace(/(^|-)[a-z]/g, (first) => first.toUpperCase()))
  const mixed = Array.from({ length: names.length <= mostMixed ? 2 ** names.length : 1 }, (_, mask) =>
    names.map((name, index) => ((mask >> index) & 1 ? sent[index]! : name)),
  )
  return [listed, sent, capital, names.map((name) => name.toUpperCase()), ...mixed]
}

function* spelledOtherwise(
  request: DebugRequest,
  lines: readonly Line[],
  listed: readonly string[],
): Generator<[SignatureDifferenceId, string, string]> {
  const plain = write(lines)
  for (const names of spellings(request, lines, listed)) {
    const cased = lines.map(({ value }, index) => ({ name: names[index] ?? '', value }))
    yield ['letter-case', 'The signature is over names that are not in lower case.', write(cased)]
  }
  yield ['white-space', whiteSpace('with a line feed behind the last'), `${plain}\n`]
  yield ['white-space', whiteSpace('joined by CR LF'), write(lines, ': ', '\r\n')]
  yield ['white-space', whiteSpace('joined by CR LF, and one behind the last'), `${write(lines, ': ', '\r\n')}\r\n`]
  yield ['white-space', whiteSpace('without a blank behind the colon'), write(lines, ':')]
  yield ['white-space', whiteSpace('with a blank before the colon'), write(lines, ' : ')]
  yield ['white-space', whiteSpace('with two blanks behind the colon'), write(lines, ':  ')]
  yield ['white-space', whiteSpace('joined by blanks'), write(lines, ': ', ' ')]
  yield ['white-space', whiteSpace('joined by nothing'), write(lines, ': ', '')]
  const raw = lines.map(({ name, value }) => ({ name, value: rawValue(request, name) ?? value }))
  yield ['white-space', whiteSpace('with the blanks around the values of the headers'), write(raw)]
  const squeezed = lines.map(({ name, value }) => ({ name, value: value.replace(/\s+/g, '') }))
  yield ['white-space', whiteSpace('without the blanks inside the values'), write(squeezed)]
}

const rawValue = ({ headers }: DebugRequest, name: string): string | null =>
  headers.find(([other]) => other.toLowerCase() === name)?.[1] ?? null

function* orderedOtherwise(
  request: DebugRequest,
  lines: readonly Line[],
  wanted: readonly string[],
): Generator<[SignatureDifferenceId, string, string]> {
  const order = 'The signature is over the lines in another order than the list says: '
  const orders = lines.length <= mostPermuted ? permutations(lines) : [lines.toReversed()]
  for (const each of orders) yield ['order', `${order}${each.map(({ name }) => name).join(' ')}.`, write(each)]
  for (const { name } of lines)
    yield [
      'header-missing',
      `The signature does not cover ${name}, although the list names it.`,
      write(lines.filter((line) => line.name !== name)),
    ]
  const more = ['(request-target)', 'host', ...wanted].filter((name) => lines.every((line) => line.name !== name))
  for (const name of more) {
    const value = signedValue(request, name)
    if (value === null) continue
    const message = `The signature also covers ${name}, which the list does not name.`
    yield ['header-extra', message, write([{ name, value }, ...lines])]
    yield ['header-extra', message, write([...lines, { name, value }])]
  }
}

function* valuedOtherwise(
  lines: readonly Line[],
  digest: string | null,
): Generator<[SignatureDifferenceId, string, string]> {
  const swap = (value: string): string =>
    write(lines.map((line) => (line.name === 'digest' ? { name: line.name, value } : line)))
  if (digest !== null && lines.some(({ name, value }) => name === 'digest' && value !== digest)) {
    const message = 'The signature is over another digest than was sent: over the one that fits the body.'
    yield ['digest-differs', message, swap(digest)]
  }
  const empty = 'SHA-256=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='
  yield [
    'digest-of-empty-string',
    'The signature is over the digest of the empty string, another than was sent.',
    swap(empty),
  ]
}

export interface Signed {
  readonly request: DebugRequest
  readonly lines: readonly Line[]
  /** Names as they are spelled in the list. */
  readonly listed: readonly string[]
  /** Names the bank wants signed. */
  readonly wanted: readonly string[]
  /** Value of the Digest header that fits the body; null where the body is not kept. */
  readonly digest: string | null
  /** What stands before the first line: the protected header of a JWS and a dot. */
  readonly before: string
}

/** The likeliest mistakes first. */
export function* signedInstead({ request, lines, listed, wanted, digest, before }: Signed): Generator<Variant> {
  const plain = `${before}${write(lines)}`
  const ways = [
    () => valuedOtherwise(lines, digest),
    () => spelledOtherwise(request, lines, listed),
    () => orderedOtherwise(request, lines, wanted),
  ]
  for (const way of ways)
    for (const [id, message, text] of way())
      if (`${before}${text}` !== plain) yield { id, message, bytes: latin1(`${before}${text}`) }
  yield {
    id: 'utf-8-not-wrapped',
    message: 'The signature is over the bytes of UTF-8: a header goes over the wire as Latin-1.',
    bytes: Buffer.from(plain, 'utf8'),
  }
  for (const form of ['hex', 'base64'] as const) {
    const message = `The signature is over the ${form} of the hash of the signing string: sign the string itself, it is hashed then.`
    yield { id: 'hashed-twice', message, bytes: latin1(hash('sha256', latin1(plain), form)) }
  }
  const bytes = Buffer.from(hash('sha256', latin1(plain), 'hex'), 'hex')
  yield {
    id: 'hashed-twice',
    message: 'The signature is over the hash of the signing string: sign the string itself, it is hashed then.',
    bytes,
  }
}
