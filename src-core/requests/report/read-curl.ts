/** Reads a cURL command as the request it would make; it is never run, and no file it names is opened. */

import { type CurlMeaning, type CurlOption, longOption, shortOption } from './curl-options.ts'
import { buildCurlRequest } from './curl-request.ts'
import { noHints, type ReadReport, type Remark } from './report.ts'
import { refuseReport } from './report-limits.ts'
import { bashWords, cmdWords, isCmd, type ShellWords } from './shell-words.ts'

/** What was said, in order; a word that belongs to no option is a URL to curl. */
export interface CurlArgument {
  readonly meaning: CurlMeaning
  readonly value: string
}

/** A prompt may have been copied along; variables set before the command are none of its words. */
const beginning = /^(?:[$#>%] ?)?(?:[A-Za-z]:\\[^\s>]*> ?)?(?:PS [^\r\n>]{0,200}> ?)?curl(?:\.exe)?(?=[\s^])/

export const isCurl = (text: string): boolean => beginning.test(text.slice(0, 600))

function longArgument(word: string, next: () => string): CurlArgument {
  const [, name = '', given] = /^--([^=]*)(?:=([\s\S]*))?$/.exec(word) ?? []
  const { takesValue, meaning } = longOption(name)
  return { meaning, value: takesValue ? (given ?? next()) : '' }
}

/** `-sSkXPOST`: switches may share a dash, and what follows the first that takes a value is its value. */
function shortArguments(word: string, next: () => string): CurlArgument[] {
  const found: CurlArgument[] = []
  for (let at = 1; at < word.length; at += 1) {
    const option: CurlOption = shortOption(word[at]!)
    if (option.takesValue) {
      const rest = word.slice(at + 1)
      return [...found, { meaning: option.meaning, value: rest === '' ? next() : rest }]
    }
    found.push({ meaning: option.meaning, value: '' })
  }
  return found
}

export function curlArguments(words: readonly string[]): CurlArgument[] {
  const found: CurlArgument[] = []
  let at = 1
  const next = (): string => words[at++] ?? ''
  while (at < words.length) {
    const word = next()
    if (word.startsWith('--')) found.push(longArgument(word, next))
    else if (word.startsWith('-') && word.length > 1) found.push(...shortArguments(word, next))
    else found.push({ meaning: 'url', value: word })
  }
  return found
}

function shellRemarks({ unexpanded, more, nestedQuotes }: ShellWords): Remark[] {
  const remarks: Remark[] = []
  const add = (id: string, message: string) => remarks.push({ id, message })
  if (unexpanded)
    add('not-expanded', 'The command names variables or other commands: they stand as text, nothing was expanded.')
  if (more) add('rest-not-read', 'Behind the command stands another one or a redirection: it was not read.')
  if (nestedQuotes)
    add(
      'nested-quotes',
      'Quotes stand inside quotes: the shell takes them away, so the bank gets the value without them.',
    )
  return remarks
}

/** @throws Fault REPORT_REFUSED */
export function readCurl(text: string): ReadReport {
  const start = beginning.exec(text.slice(0, 600))?.[0] ?? ''
  const command = text.slice(start.length)
  // PowerShell joins lines by a backtick.
  const joined = `curl${command.replace(/`\r?\n/g, ' ')}`
  const split = isCmd(joined) ? cmdWords(joined) : bashWords(joined)
  const { request, remarks, clientCertificate } = buildCurlRequest(curlArguments(split.words))
  if (request.url === '') throw refuseReport('The cURL command has no URL.', 'Copy the whole command.')
  return {
    form: 'curl',
    entries: [
      {
        request,
        response: null,
        at: null,
        hints: noHints,
        clientCertificate,
        remarks: [...shellRemarks(split), ...remarks],
      },
    ],
    remarks: [],
  }
}
