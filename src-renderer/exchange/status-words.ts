/** What a status code says in words, and how it is coloured. */
import type { Tone } from '../ui/badge.tsx'

/** Reason phrases of RFC 9110 section 15, RFC 6585 and RFC 4918, as far as banks use them. */
const words: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  202: 'Accepted',
  204: 'No Content',
  206: 'Partial Content',
  301: 'Moved Permanently',
  302: 'Found',
  303: 'See Other',
  304: 'Not Modified',
  307: 'Temporary Redirect',
  308: 'Permanent Redirect',
  400: 'Bad Request',
  401: 'Unauthorized',
  402: 'Payment Required',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  406: 'Not Acceptable',
  408: 'Request Timeout',
  409: 'Conflict',
  410: 'Gone',
  411: 'Length Required',
  412: 'Precondition Failed',
  413: 'Content Too Large',
  414: 'URI Too Long',
  415: 'Unsupported Media Type',
  422: 'Unprocessable Content',
  423: 'Locked',
  424: 'Failed Dependency',
  425: 'Too Early',
  426: 'Upgrade Required',
  428: 'Precondition Required',
  429: 'Too Many Requests',
  431: 'Request Header Fields Too Large',
  451: 'Unavailable For Legal Reasons',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
}

const classes = ['', 'Informational', 'Success', 'Redirection', 'Client Error', 'Server Error']

/** `401 Unauthorized`; a status nobody named is called by its class. */
export function statusWords(status: number): string {
  const meaning = words[status] ?? classes[Math.floor(status / 100)]
  return meaning === undefined || meaning === '' ? String(status) : `${status} ${meaning}`
}

export function statusTone(status: number): Tone {
  if (status < 200) return 'neutral'
  if (status < 300) return 'good'
  return status < 400 ? 'caution' : 'bad'
}
