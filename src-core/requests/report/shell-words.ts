/** Splits a command line into words as bash or cmd would, without running or expanding anything in it. */
import { refuseReport, reportLimits } from './report-limits.ts'

export interface ShellWords {
  readonly words: readonly string[]
  /** Something the shell would have replaced: a variable or the output of another command. */
  readonly unexpanded: boolean
  /** Behind the command stands another one, or a redirection: it was not read. */
  readonly more: boolean
  /** Quotes inside quotes: a word went on directly behind a closing double quote. */
  readonly nestedQuotes: boolean
}

interface State {
  readonly text: string
  at: number
  word: string | null
  readonly words: string[]
  unexpanded: boolean
  more: boolean
  nestedQuotes: boolean
}

const startOf = (text: string): State => ({
  text,
  at: 0,
  word: null,
  words: [],
  unexpanded: false,
  more: false,
  nestedQuotes: false,
})

function endWord(state: State): void {
  if (state.word === null) return
  if (state.words.length >= reportLimits.words) {
    throw refuseReport(
      `The command line has more than ${reportLimits.words} words.`,
      'Copy one command and what belongs to it.',
    )
  }
  state.words.push(state.word)
  state.word = null
}

const append = (state: State, text: string): void => {
  state.word = (state.word ?? '') + text
}

const result = ({ words, unexpanded, more, nestedQuotes }: State): ShellWords => ({
  words,
  unexpanded,
  more,
  nestedQuotes,
})

function singleQuoted(state: State): void {
  const end = state.text.indexOf("'", state.at + 1)
  const stop = end < 0 ? state.text.length : end
  append(state, state.text.slice(state.at + 1, stop))
  state.at = stop + 1
}

const simpleEscapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  a: '\x07',
  b: '\b',
  e: '\x1b',
  f: '\f',
  v: '\v',
}
/** bash, "ANSI-C Quoting": digits may be fewer than the most. */
const codeEscape = /(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|([0-7]{1,3}))/y

function escapeAt(state: State): void {
  codeEscape.lastIndex = state.at
  const [whole, x, u, U, octal] = codeEscape.exec(state.text) ?? []
  if (whole !== undefined) {
    const code = octal === undefined ? Number.parseInt(x ?? u ?? U ?? '0', 16) : Number.parseInt(octal, 8)
    append(state, code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd')
    state.at += whole.length
    return
  }
  const character = state.text[state.at] ?? ''
  append(state, simpleEscapes[character] ?? (/[\\'"?]/.test(character) ? character : `\\${character}`))
  state.at += 1
}

/** `$'…'`, as browsers copy a body with control characters. */
function ansiQuoted(state: State): void {
  append(state, '')
  state.at += 2
  while (state.at < state.text.length && state.text[state.at] !== "'") {
    if (state.text[state.at] === '\\') {
      state.at += 1
      escapeAt(state)
    } else {
      append(state, state.text[state.at]!)
      state.at += 1
    }
  }
  state.at += 1
}

function doubleQuoted(state: State): void {
  append(state, '')
  state.at += 1
  for (; state.at < state.text.length && state.text[state.at] !== '"'; state.at += 1) {
    const character = state.text[state.at]!
    const next = state.text[state.at + 1] ?? ''
    if (character === '\\' && /["\\$`\n]/.test(next)) {
      if (next !== '\n') append(state, next)
      state.at += 1
    } else {
      if (character === '`' || (character === '$' && /[\w({]/.test(next))) state.unexpanded = true
      append(state, character)
    }
  }
  state.at += 1
  if (/[\w/+=-]/.test(state.text[state.at] ?? '')) state.nestedQuotes = true
}

/** What stands outside quotes. @returns false where the command ends */
function plain(state: State): boolean {
  const character = state.text[state.at]!
  const next = state.text[state.at + 1] ?? ''
  if (character === '\\') {
    if (next !== '\n' && next !== '\r') append(state, next)
    state.at += state.text.startsWith('\r\n', state.at + 1) ? 3 : 2
    return true
  }
  if (/[|;&<>\n]/.test(character)) return endOfCommand(state)
  if (character === '`' || (character === '$' && /[\w({]/.test(next))) state.unexpanded = true
  append(state, character)
  state.at += 1
  return true
}

function endOfCommand(state: State): boolean {
  endWord(state)
  const rest = state.text.slice(state.at, state.at + 400)
  state.more = /[^\s;&]/.test(rest)
  return false
}

/** Words of one bash command; PowerShell's and sh's are the same as far as a copied command goes. */
export function bashWords(text: string): ShellWords {
  const state = startOf(text)
  while (state.at < text.length) {
    const character = text[state.at]!
    if (character === ' ' || character === '\t' || character === '\r') {
      endWord(state)
      state.at += 1
    } else if (character === "'") singleQuoted(state)
    else if (text.startsWith("$'", state.at)) ansiQuoted(state)
    else if (character === '"') doubleQuoted(state)
    else if (!plain(state)) break
  }
  endWord(state)
  return result(state)
}

/** First what cmd does: a caret takes the meaning of the next character, at the end of a line it joins the lines. */
function withoutCarets(text: string): { line: string; more: boolean } {
  let line = ''
  let quoted = false
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]!
    if (character === '^' && !quoted) {
      const skip = text.startsWith('\r\n', at + 1) ? 2 : text[at + 1] === '\n' ? 1 : 0
      at += skip
      // An escaped line end stands for itself only when another one follows: so browsers copy a line feed.
      if (skip === 0) line += text[++at] ?? ''
      else if (/^\r?\n/.test(text.slice(at + 1, at + 3))) {
        line += '\n'
        at += text[at + 1] === '\r' ? 2 : 1
      }
    } else if (!quoted && /[&|<>\r\n]/.test(character)) return { line, more: /[^\s&]/.test(text.slice(at, at + 400)) }
    else {
      if (character === '"') quoted = !quoted
      line += character
    }
  }
  return { line, more: false }
}

/** Then what the program does: quotes group, `\"` is a quote, backslashes count double only before one. */
export function cmdWords(text: string): ShellWords {
  const { line, more } = withoutCarets(text)
  const state = startOf(line)
  state.more = more
  let quoted = false
  while (state.at < line.length) {
    const character = line[state.at]!
    const slashes = character === '\\' ? runOf(line, state.at) : 0
    if (slashes > 0 && line[state.at + slashes] === '"') {
      append(state, '\\'.repeat(slashes >> 1) + (slashes % 2 === 1 ? '"' : ''))
      state.at += slashes + (slashes % 2)
    } else if (slashes > 0) {
      append(state, '\\'.repeat(slashes))
      state.at += slashes
    } else if (character === '"' && quoted && line[state.at + 1] === '"') {
      append(state, '"')
      state.at += 2
    } else if (character === '"') {
      append(state, '')
      quoted = !quoted
      state.at += 1
      if (!quoted && /[\w/+=-]/.test(line[state.at] ?? '')) state.nestedQuotes = true
    } else if (!quoted && /\s/.test(character)) {
      endWord(state)
      state.at += 1
    } else {
      if (/%\w+%/y.test(line.slice(state.at, state.at + 60))) state.unexpanded = true
      append(state, character)
      state.at += 1
    }
  }
  endWord(state)
  return result(state)
}

function runOf(text: string, start: number): number {
  let end = start
  while (text[end] === '\\') end += 1
  return end - start
}

/** cmd's marks are the caret before a quote and at the end of a line. */
export const isCmd = (text: string): boolean => /\^"|\^\r?\n/.test(text.slice(0, 65_536))
