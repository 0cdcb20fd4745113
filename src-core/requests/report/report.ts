/** What a report from outside holds once it is read: plain data, nothing executed, no file opened, nothing masked yet. */

export const reportForms = ['har', 'tpp-call', 'curl-verbose', 'curl', 'http'] as const
export type ReportForm = (typeof reportForms)[number]

export type Header = readonly [name: string, value: string]

/** Something the reader should know of how the report was read. */
export interface Remark {
  readonly id: string
  readonly message: string
}

export interface ReportRequest {
  /** Upper case. */
  readonly method: string
  /** Absolute, or only the target where the report names no host. */
  readonly url: string
  readonly headers: readonly Header[]
  readonly body: string | null
}

export interface ReportResponse {
  readonly status: number
  readonly headers: readonly Header[]
  readonly body: string
}

/** What the report itself says of where the call went. */
export interface ReportHints {
  readonly bank: string | null
  readonly environment: string | null
  readonly operation: string | null
}

export interface ReportEntry {
  readonly request: ReportRequest
  /** null where the report has no answer. */
  readonly response: ReportResponse | null
  /** ISO 8601; null where the report does not say. */
  readonly at: string | null
  readonly hints: ReportHints
  /** Whether the connection carried a client certificate; null where the report does not say. */
  readonly clientCertificate: boolean | null
  readonly remarks: readonly Remark[]
}

export interface ReadReport {
  readonly form: ReportForm
  /** At least one. */
  readonly entries: readonly ReportEntry[]
  readonly remarks: readonly Remark[]
}

export const noHints: ReportHints = { bank: null, environment: null, operation: null }

/** The value of the first header of that name. @param name lower case */
export const headerIn = (headers: readonly Header[], name: string): string | null =>
  headers.find(([other]) => other.toLowerCase() === name)?.[1] ?? null

/** `https` is taken where a report names a host and no scheme: no bank answers without TLS. */
export function urlOf(target: string, headers: readonly Header[]): string {
  if (/^https?:\/\//i.test(target)) return target
  const host = headerIn(headers, 'host')?.trim()
  return host && /^[\w.:[\]-]+$/.test(host) ? `https://${host}${target.startsWith('/') ? '' : '/'}${target}` : target
}
