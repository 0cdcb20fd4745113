/** Takes an HTTP/1.1 message as text apart (RFC 9112 section 2), as people paste it: either line end, folded lines. */
import type { Header } from './report.ts'
import { reportLimits } from './report-limits.ts'

/** RFC 9110 section 5.1; a blank before the colon is forgiven here, a bank would not. */
const field = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*:[ \t]?(.*)$/

export const requestLine = /^([A-Z]{3,10}) (\S+)(?: HTTP\/\d(?:\.\d)?)?[ \t]*$/
export const statusLine = /^HTTP\/\d(?:\.\d)? (\d{3})(?: .*)?$/

/** Header lines, one per element and without line ends; what is none is passed over. */
export function readFields(lines: readonly string[]): Header[] {
  const found: [string, string][] = []
  for (const line of lines) {
    const last = found.at(-1)
    if (/^[ \t]/.test(line) && last !== undefined) last[1] += `\n${line}`
    else {
      const [, name, value] = field.exec(line) ?? []
      if (name !== undefined && value !== undefined && found.length < reportLimits.headers) found.push([name, value])
    }
  }
  return found.map(([name, value]): Header => [name, withoutBlankEnd(value)])
}

/** By hand: an expression would try anew from every blank of a long run. */
function withoutBlankEnd(text: string): string {
  let end = text.length
  while (end > 0 && ' \t'.includes(text[end - 1]!)) end -= 1
  return text.slice(0, end)
}

/** The body of a pasted text: the line end that pasting adds is taken off where Content-Length says so. */
export function bodyOf(text: string, headers: readonly Header[]): string | null {
  if (text === '') return null
  const length = Number(headers.find(([name]) => name.toLowerCase() === 'content-length')?.[1] ?? Number.NaN)
  const bare = text.replace(/\r?\n$/, '')
  if (Number.isNaN(length) || Buffer.byteLength(text) === length) return text
  if (Buffer.byteLength(bare) === length) return bare === '' ? null : bare
  const unix = bare.replaceAll('\r\n', '\n')
  return Buffer.byteLength(unix) === length ? unix : text
}
