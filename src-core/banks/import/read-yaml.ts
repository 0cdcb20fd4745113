/** Reads YAML 1.2 text; depth, size and aliases are capped before anything is unfolded. */
import { Composer, type Document, isAlias, isMap, isPair, isScalar, isSeq, Lexer, Parser } from 'yaml'
import { importLimits, lineOf, refuse } from './import-limits.ts'
import { tooDeep } from './json-tree.ts'
import { repeatedKey } from './read-json.ts'

const remedyForSyntax = 'Repair it there, or download the file again.'

/** The concrete syntax, made piece by piece so that a hostile text is dropped while it is read. */
function tokensOf(file: string, text: string) {
  const parser = new Parser()
  const tokens = []
  let aliases = 0
  let parts = 0
  let documents = 0
  for (const lexeme of new Lexer().lex(text)) {
    parts += 1
    if (parts > importLimits.yamlParts) throw tooLong(file)
    if (lexeme.startsWith('*')) aliases += 1
    for (const token of parser.next(lexeme)) {
      if (token.type === 'document') documents += 1
      if (documents > 1) throw severalDocuments(file)
      tokens.push(token)
    }
    // A key and its value stand on the stack together with what holds them.
    if (parser.stack.length > importLimits.depth + 3) throw tooDeep(file, lineOf(text, parser.offset))
    if (aliases > importLimits.aliases) throw tooManyAliases(file)
  }
  for (const token of parser.end()) {
    if (token.type === 'document') documents += 1
    tokens.push(token)
  }
  if (documents !== 1) throw severalDocuments(file)
  return tokens
}

const severalDocuments = (file: string) =>
  refuse({
    file,
    what: 'does not hold exactly one YAML document',
    remedy: 'Keep one, and put each other one into a file of its own.',
  })

const tooLong = (file: string) =>
  refuse({
    file,
    what: `is too long to be read as YAML (${importLimits.yamlCharacters / 1024 / 1024} MB or ${importLimits.yamlParts.toLocaleString('en')} parts at most)`,
    remedy: 'Convert it to JSON, which is read faster.',
  })

const tooManyAliases = (file: string, cause?: unknown) =>
  refuse({
    file,
    what: `uses YAML aliases more than ${importLimits.aliases.toLocaleString('en')} times`,
    remedy: 'Write references ($ref) instead, or convert the file to JSON.',
    cause,
  })

/** The library's own check compares every key with every other one. */
function refuseRepeatedKeys(file: string, text: string, document: Document.Parsed): void {
  const left: unknown[] = [document.contents]
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    if (isSeq(node)) left.push(...node.items.map((item) => item ?? null))
    if (!isMap(node)) continue
    const keys = new Set<string>()
    for (const pair of node.items) {
      if (!isPair(pair)) continue
      left.push(pair.value ?? null)
      if (!isScalar(pair.key)) {
        if (!isAlias(pair.key) && pair.key !== null) throw keyIsNoText(file, text, pair.key as { range?: number[] })
        continue
      }
      const key = String(pair.key.value)
      if (key === '<<') continue
      if (keys.has(key)) throw repeatedKey(file, key, lineOf(text, pair.key.range?.[0] ?? 0))
      keys.add(key)
    }
  }
}

const keyIsNoText = (file: string, text: string, key: { range?: number[] | null }) =>
  refuse({
    file,
    place: lineOf(text, key.range?.[0] ?? 0),
    what: 'a list or an object stands where a key has to be',
    remedy: 'Put the key into quotation marks.',
  })

function compose(file: string, text: string): Document.Parsed {
  // Core schema: no dates, sets or binary values, whatever a %YAML 1.1 line at the top asks for.
  const composer = new Composer({ schema: 'core', merge: true, uniqueKeys: false, logLevel: 'error' })
  const [document] = [...composer.compose(tokensOf(file, text), true, text.length)]
  if (document === undefined) throw severalDocuments(file)
  const [error] = document.errors
  if (error !== undefined) {
    const sentence = error.message
      .split('\n')[0]!
      .replace(/ at line \d+, column \d+:?$/, '')
      .replace(/[.:]$/, '')
    throw refuse({
      file,
      place: lineOf(text, error.pos[0]),
      what: `this is not valid YAML (${sentence})`,
      remedy: remedyForSyntax,
      cause: error,
    })
  }
  return document
}

/** Throws IMPORT_REFUSED with line and column. Aliases come back as shared objects: copy before changing anything. */
export function readYaml(file: string, text: string): unknown {
  if (text.length > importLimits.yamlCharacters) throw tooLong(file)
  const document = compose(file, text)
  refuseRepeatedKeys(file, text, document)
  try {
    return document.toJS({ maxAliasCount: importLimits.aliases })
  } catch (cause) {
    if (cause instanceof ReferenceError && cause.message.startsWith('Excessive')) throw tooManyAliases(file, cause)
    throw refuse({
      file,
      what: `has an alias that cannot be followed (${(cause as Error).message.split('\n')[0]!.replace(/\.$/, '')})`,
      remedy: 'Write the value out, or use a reference ($ref).',
      cause,
    })
  }
}
