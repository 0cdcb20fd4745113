/** Reports from outside: a call somebody else made, opened, explained and turned into a draft of one's own. */
import { z } from 'zod'
import { answers, method, targetAnswers } from './answers.ts'
import { explanationSchema, requestViewSchema, responseViewSchema } from './exchange.ts'
import { draftSchema } from './requests.ts'

/** Characters of a report at most. */
export const mostReportCharacters = 20 * 1024 * 1024

const formSchema = z.enum(['har', 'tpp-call', 'curl-verbose', 'curl', 'http'])

const callSchema = z.object({
  /** Place in the list, from 0. */
  index: z.int(),
  method: z.string(),
  url: z.string(),
  /** null where the report has no answer. */
  status: z.int().nullable(),
  at: z.string().nullable(),
})

const candidateSchema = z.object({
  bank: z.string(),
  bankName: z.string(),
  /** The one whose URL it is; null where only the path speaks for it. */
  environment: z.string().nullable(),
  operation: z.string(),
  title: z.string(),
  /** 0 to 1. */
  score: z.number(),
  reason: z.string(),
})

export const openedReportSchema = z.object({
  form: formSchema,
  /** Every call of the report, in its order. */
  entries: z.array(callSchema),
  /** Which of them the rest is about. */
  entry: z.int(),
  /** null where none or several could be it: then `candidates` says why. */
  bank: z.string().nullable(),
  /** Where the call went; null where its host is of no environment that is known. */
  environment: z.string().nullable(),
  operation: z.string().nullable(),
  /** Best first. */
  candidates: z.array(candidateSchema),
  /** Secrets taken out. */
  request: requestViewSchema,
  response: responseViewSchema.nullable(),
  explanations: z.array(explanationSchema),
  /** The same call with one's own identity, token and signature; null without an operation. */
  draft: draftSchema.nullable(),
  /** What of the report is not in the draft. */
  leftOut: z.array(z.object({ part: z.enum(['header', 'parameter', 'body']), name: z.string(), reason: z.string() })),
  remarks: z.array(z.object({ id: z.string(), message: z.string() })),
})
export type OpenedReport = z.infer<typeof openedReportSchema>

const textSchema = z.string().max(mostReportCharacters)

/** Chosen by a person, where the report does not decide it. */
const choiceSchema = { bank: z.string().optional(), operation: z.string().optional() }

export const reports = {
  /**
   * Reads a HAR, a raw request, a cURL command, the output of `curl -v` or a document of `tpp call --json`. Nothing in
   * it is run, no file it names is opened, nothing of it is kept.
   */
  openReport: method
    .errors({ ...answers('REPORT_REFUSED', 'CANCELLED'), ...targetAnswers })
    .input(
      z.strictObject({
        text: textSchema,
        /** Place of the call in the report, from 0; the likeliest where left out. */
        entry: z.int().min(0).optional(),
        ...choiceSchema,
        /** Where the draft shall go; the local sandbox where left out. */
        into: z.string().optional(),
        /** Name or id of the identity of the draft. */
        identity: z.string().optional(),
      }),
    )
    .output(openedReportSchema),
}
