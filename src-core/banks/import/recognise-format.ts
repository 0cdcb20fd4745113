/** Tells OpenAPI 3.0 and 3.1 from everything else people have, and says what to do with the others. */
import { quoted, refuse } from './import-limits.ts'
import { isObject, type JsonObject, type JsonTree, textOf } from './json-tree.ts'

export type OpenapiVersion = '3.0' | '3.1'

const convert = 'Export or convert it to OpenAPI 3.0 or 3.1 and import that.'
const rawFile = 'Download the OpenAPI file itself (the raw JSON or YAML), not the page around it.'

interface ForeignText {
  readonly looks: RegExp
  readonly what: string
  readonly remedy: string
}

/** Looked for in the first characters only. */
const foreignTexts: readonly ForeignText[] = [
  { looks: /^\s*$/, what: 'is empty', remedy: 'Choose the file that holds the OpenAPI document.' },
  { looks: /^%PDF-/, what: 'is a PDF', remedy: rawFile },
  { looks: /^PK\p{Cc}/u, what: 'is a ZIP archive', remedy: 'Unpack it and choose the OpenAPI file in it.' },
  { looks: /^\s*(<!doctype html|<html)/i, what: 'is an HTML page', remedy: rawFile },
  {
    looks: /^\s*<[\s\S]*?<?(\w+:)?definitions[\s>]/i,
    what: 'is a WSDL description of a SOAP service',
    remedy: convert,
  },
  { looks: /^\s*</, what: 'is XML or HTML', remedy: rawFile },
  { looks: /^#%RAML/, what: 'is a RAML document', remedy: convert },
]

/** Throws for what is neither JSON nor YAML by its first characters. */
export function refuseForeignText(file: string, text: string): void {
  const start = text.slice(0, 2000)
  const foreign = foreignTexts.find(({ looks }) => looks.test(start))
  if (foreign !== undefined) throw refuse({ file, what: foreign.what, remedy: foreign.remedy })
  if (start.includes('\u0000'))
    throw refuse({ file, what: 'is not UTF-8 text', remedy: 'Choose a JSON or YAML file, saved as UTF-8.' })
}

const foreignDocuments: readonly { is(document: JsonObject): boolean; what: string; remedy: string }[] = [
  {
    is: (document) => document.swagger !== undefined,
    what: 'is a Swagger 2.0 document',
    remedy: 'Convert it to OpenAPI 3 first, for example with editor.swagger.io (Edit, Convert to OpenAPI 3).',
  },
  {
    is: ({ info }) =>
      isObject(info) && (info._postman_id !== undefined || textOf(info.schema).includes('getpostman.com')),
    what: 'is a Postman collection',
    remedy: convert,
  },
  { is: ({ log }) => isObject(log) && Array.isArray(log.entries), what: 'is a HAR recording', remedy: convert },
  { is: ({ _type }) => _type === 'export', what: 'is an Insomnia export', remedy: convert },
  { is: ({ asyncapi }) => asyncapi !== undefined, what: 'is an AsyncAPI document', remedy: convert },
  {
    is: ({ arazzo }) => arazzo !== undefined,
    what: 'is an Arazzo document',
    remedy: 'Choose the OpenAPI document its sourceDescriptions name.',
  },
  {
    is: ({ hosts, environments, signing }) =>
      hosts !== undefined && environments !== undefined && signing !== undefined,
    what: "is a bank's profile",
    remedy: 'Import the whole bank folder it stands in.',
  },
]

/** The version of the document. Throws IMPORT_REFUSED for everything that is not OpenAPI 3.0 or 3.1. */
export function recogniseOpenapi(file: string, document: JsonTree): OpenapiVersion {
  if (!isObject(document)) throw refuse({ file, what: 'holds no object', remedy: rawFile })
  const foreign = foreignDocuments.find(({ is }) => is(document))
  if (foreign !== undefined) throw refuse({ file, what: foreign.what, remedy: foreign.remedy })
  const version = textOf(document.openapi)
  // `openapi: 3.0` without quotation marks is the number 3.
  if (/^3(\.0(\.\d+)?)?(-\S+)?$/.test(version)) return '3.0'
  if (/^3\.1(\.\d+)?(-\S+)?$/.test(version)) return '3.1'
  if (version !== '') {
    throw refuse({
      file,
      place: '#/openapi',
      what: `OpenAPI ${quoted(version)} is not read, only 3.0 and 3.1`,
      remedy: 'Ask the bank for a 3.0 or 3.1 document, or convert it.',
    })
  }
  throw refuse({
    file,
    what: 'is no OpenAPI document: the key "openapi" is missing',
    remedy: 'Choose the file that begins with openapi: 3.0 or 3.1; the files it refers to are found from there.',
  })
}
