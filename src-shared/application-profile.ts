/** Applications a customer makes at a bank (an account, a higher limit): what their answers are named and which calls lead from the first to the last. */
import { z } from 'zod'
import { resourceKinds } from './resource-profile.ts'

const operationId = z.string().regex(/^[a-z0-9][a-z0-9-]*$/)
const identifier = operationId
/** JSON Pointer (RFC 6901) into an answer's body, or into the thing the surrounding key is about. */
const pointer = z.string().regex(/^\//)
/** Path of a page the local sandbox has in the place of one whose address the bank's document does not name. */
const sandboxPage = z.string().regex(/^\/\S*$/)

/** A way a customer is identified: begun by a call, done on a page, ended by handing in what that page returns. */
const identificationWaySchema = z.strictObject({
  id: identifier,
  name: z.string().min(1),
  begin: operationId,
  /** Query parameter of the page, and where the value stands in the answer to `begin`. */
  state: z.strictObject({ parameter: z.string().min(1), at: pointer }).optional(),
  /** Parameters the customer comes back with; the call that ends it takes them as members of the same name. */
  returns: z.array(z.string().min(1)).min(1),
  verify: operationId,
  sandboxPage,
})

/**
 * How an application is signed. `page`: a page of the bank's answer is opened. `app`: an app on this device is started with
 * a token, and nothing can be asked meanwhile. `order`: an order is polled until it has ended.
 */
const signingWaySchema = z.discriminatedUnion('how', [
  z.strictObject({ how: z.literal('page'), name: z.string().min(1), begin: operationId }),
  z.strictObject({ how: z.literal('app'), name: z.string().min(1), begin: operationId, token: pointer }),
  z.strictObject({
    how: z.literal('order'),
    name: z.string().min(1),
    begin: operationId,
    poll: operationId,
    cancel: operationId.optional(),
  }),
])

const applicationKindSchema = z.strictObject({
  /** One of `resources`: its calls and its statuses are named there. */
  kind: z.enum(resourceKinds),
  name: z.string().min(1),
  questions: z.strictObject({ read: operationId, post: operationId }).optional(),
  sign: z.array(signingWaySchema).min(1),
  verify: operationId.optional(),
  /** Pages the customer fills in besides, each with the name of its button. */
  pages: z.array(z.strictObject({ begin: operationId, name: z.string().min(1) })).default([]),
})

/** Where questions, their answers and what is wrong with them stand. A post always carries all answers. */
const questionsShapeSchema = z.strictObject({
  /** In the application. */
  at: pointer,
  code: pointer,
  text: pointer,
  required: pointer,
  /** Kind of answer, where it says one. */
  type: pointer,
  /** Regular expression a free text has to match. */
  pattern: pointer,
  choices: pointer,
  /** Of one choice; `more` are the questions that follow from it. */
  choice: z.strictObject({ code: pointer, text: pointer, more: pointer }),
  /** The posted set and the one that is read: a list at `at` with these two members. */
  answers: z.strictObject({ at: pointer, question: z.string().min(1), answer: z.string().min(1) }),
  /** Object of parameter → messages in the answer that refuses a set; read without regard to case. */
  problems: z.string().min(1),
})

const offerShapeSchema = z.strictObject({
  at: pointer,
  facts: z.array(z.strictObject({ at: pointer, name: z.string().min(1) })).min(1),
  /** Documents the customer agrees to: a link, or the text itself. */
  documents: z.array(z.strictObject({ at: pointer, name: z.string().min(1) })).default([]),
})

/** An order that is polled. Seconds. */
const orderShapeSchema = z.strictObject({
  /** A data URL of an image, or the base64 of one. */
  code: pointer,
  /** Starts the app on this device. */
  token: pointer,
  status: pointer,
  /** Name in `statuses`. */
  statuses: identifier,
  hint: pointer,
  /** Name in `statuses`. */
  hints: identifier,
  interval: z.number().min(1).max(60),
  /** How long one is waited for. */
  lasts: z.int().min(10).max(3600),
})

export const applicationProfileSchema = z.strictObject({
  kinds: z.array(applicationKindSchema).min(1),
  /** Status a new application begins with. */
  start: z.string(),
  /** Which status follows which, and what does it. */
  transitions: z.array(z.strictObject({ from: z.string(), to: z.string(), by: z.string().min(1) })).min(1),
  identification: z.array(identificationWaySchema).default([]),
  /** Page on which the local sandbox begins another one and gives its token. */
  sandboxTokens: sandboxPage.optional(),
  questions: questionsShapeSchema.optional(),
  offer: offerShapeSchema.optional(),
  order: orderShapeSchema.optional(),
  /** Sends the customer back when all is done; `at`: the address in the answer. */
  finish: z.strictObject({ operation: operationId, at: pointer }).optional(),
  /** Ends everything, whatever has been done. */
  cancel: z.strictObject({ operation: operationId, at: pointer }).optional(),
})

export type ApplicationProfile = z.infer<typeof applicationProfileSchema>
export type ApplicationKind = ApplicationProfile['kinds'][number]
export type IdentificationWay = z.infer<typeof identificationWaySchema>
export type SigningWay = z.infer<typeof signingWaySchema>
export type QuestionsShape = z.infer<typeof questionsShapeSchema>
export type OrderShape = z.infer<typeof orderShapeSchema>

/** Every call the key names, with its place below it. */
export function operationsOfApplications(profile: ApplicationProfile): [operation: string, path: PropertyKey[]][] {
  const kinds = profile.kinds.flatMap(({ questions, sign, verify, pages }, index) => {
    const own: [string | undefined, PropertyKey[]][] = [
      [questions?.read, ['questions', 'read']],
      [questions?.post, ['questions', 'post']],
      [verify, ['verify']],
      ...pages.map(({ begin }, which): [string, PropertyKey[]] => [begin, ['pages', which, 'begin']]),
      ...sign.flatMap((way, which): [string | undefined, PropertyKey[]][] => [
        [way.begin, ['sign', which, 'begin']],
        ...(way.how === 'order'
          ? ([
              [way.poll, ['sign', which, 'poll']],
              [way.cancel, ['sign', which, 'cancel']],
            ] satisfies [string | undefined, PropertyKey[]][])
          : []),
      ]),
    ]
    return own.map(([name, path]): [string | undefined, PropertyKey[]] => [name, ['kinds', index, ...path]])
  })
  const ways = profile.identification.flatMap(({ begin, verify }, index): [string, PropertyKey[]][] => [
    [begin, ['identification', index, 'begin']],
    [verify, ['identification', index, 'verify']],
  ])
  const ends: [string | undefined, PropertyKey[]][] = [
    [profile.finish?.operation, ['finish', 'operation']],
    [profile.cancel?.operation, ['cancel', 'operation']],
  ]
  return [...kinds, ...ways, ...ends].flatMap(([name, path]): [string, PropertyKey[]][] =>
    name === undefined ? [] : [[name, path]],
  )
}
