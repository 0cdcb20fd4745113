/** How the next page of transactions is asked for, read from the answer to this one. */
import type { Paging } from '#shared/account-profile.ts'
import { redacted } from '#shared/redacted.ts'
import { isObject, type Json, valueAt } from '../forms/json-value.ts'

/** What the next call has that the first one had not; `path` stands for the operation's own path and query. */
export type NextPage =
  | { readonly parameters: Readonly<Record<string, string>> }
  | { readonly path: string }
  /** There is a next page, and it cannot be asked for. */
  | { readonly refused: string }

const segmentsOf = (path: string): string[] => path.split('/').filter((part) => part !== '')

/**
 * The link's path from where the operation's begins: what precedes it belongs to the base URL of the host.
 * @param asked address of the call that was answered with the link
 */
export function pathOfLink(href: string, asked: string, template: string): NextPage {
  if (!URL.canParse(href, asked)) return { refused: 'The link to the next page is no address.' }
  const link = new URL(href, asked)
  if (link.origin !== new URL(asked).origin)
    return { refused: `The next page is linked to at ${link.host}: the token is not sent to another host.` }
  const [given, wanted] = [segmentsOf(link.pathname), segmentsOf(template)]
  const tail = given.slice(-wanted.length)
  const fits =
    tail.length === wanted.length &&
    wanted.every((part, index) => part.startsWith('{') || part.toLowerCase() === tail[index]!.toLowerCase())
  if (!fits) return { refused: `The next page is linked to at ${link.pathname}, which is no page of this list.` }
  return { path: `/${tail.join('/')}${link.search}` }
}

interface Answered {
  readonly answer: Json
  /** Entries on this page. */
  readonly entries: number
  /** Pages read so far, this one included. */
  readonly pages: number
  readonly url: string
  readonly template: string
}

function linkAt(answer: Json, place: string): string | null {
  const found = valueAt(answer, place)
  const href = isObject(found) ? found.href : found
  return typeof href === 'string' && href !== '' ? href : null
}

/** null after the last page. */
export function nextPage(
  paging: Paging | undefined,
  { answer, entries, pages, url, template }: Answered,
): NextPage | null {
  if (paging === undefined) return null
  if (paging.by === 'link') {
    const href = linkAt(answer, paging.at)
    return href === null ? null : pathOfLink(href, url, template)
  }
  if (paging.by === 'token') {
    const token = valueAt(answer, paging.at)
    const given = typeof token === 'number' ? String(token) : token
    if (typeof given !== 'string' || given === '') return null
    return given.includes(redacted)
      ? {
          refused:
            'The page token looks like an access token, which answers are shown without: it cannot be sent back.',
        }
      : { parameters: { [paging.parameter]: given } }
  }
  return entries === 0 ? null : { parameters: { [paging.parameter]: String(paging.first + pages) } }
}
