/** Questions of an application, by the names the bank's data gives them: which are asked, the set to post, what is wrong with it. */
import type { QuestionsShape } from '#shared/application-profile.ts'
import { isObject, type Json, valueAt, withValue } from '../forms/json-value.ts'
import { textAt } from './answer-members.ts'

export interface Choice {
  readonly code: string
  readonly text: string
  readonly more: readonly Question[]
}

export interface Question {
  readonly code: string
  readonly text: string
  readonly required: boolean
  readonly type: string | null
  readonly pattern: string | null
  /** Empty where a text is asked for. */
  readonly choices: readonly Choice[]
}

/** By code of the question. */
export type Answers = Readonly<Record<string, string>>

const listAt = (value: Json | null, pointer: string): readonly Json[] => {
  const list = valueAt(value ?? undefined, pointer)
  return Array.isArray(list) ? (list as readonly Json[]) : []
}

function questionOf(value: Json, shape: QuestionsShape): Question[] {
  const code = textAt(value, shape.code)
  if (code === null) return []
  const choices = listAt(value, shape.choices).flatMap((choice): Choice[] => {
    const answer = textAt(choice, shape.choice.code)
    if (answer === null) return []
    const more = listAt(choice, shape.choice.more).flatMap((each) => questionOf(each, shape))
    return [{ code: answer, text: textAt(choice, shape.choice.text) ?? answer, more }]
  })
  return [
    {
      code,
      text: textAt(value, shape.text) ?? code,
      required: valueAt(value, shape.required) === true,
      type: textAt(value, shape.type),
      pattern: textAt(value, shape.pattern),
      choices,
    },
  ]
}

export const questionsOf = (application: Json | null, shape: QuestionsShape): readonly Question[] =>
  listAt(application, shape.at).flatMap((each) => questionOf(each, shape))

/** Those asked of everybody, and those that follow from the answers chosen. */
export const askedQuestions = (questions: readonly Question[], answers: Answers): readonly Question[] =>
  questions.flatMap((question) => {
    const chosen = question.choices.find(({ code }) => code === answers[question.code])
    return [question, ...askedQuestions(chosen?.more ?? [], answers)]
  })

/** Answers as an answer of the bank gives them. */
export const givenAnswers = (body: Json | null, { answers }: QuestionsShape): Answers =>
  Object.fromEntries(
    listAt(body, answers.at).flatMap((each) => {
      if (!isObject(each)) return []
      const [question, answer] = [each[answers.question], each[answers.answer]]
      return typeof question === 'string' && typeof answer === 'string' ? [[question, answer]] : []
    }),
  )

/** Answers to questions that are no longer asked are left out: the bank would refuse the whole set. */
export const answersToPost = (
  questions: readonly Question[],
  answers: Answers,
): readonly (readonly [string, string])[] =>
  askedQuestions(questions, answers).flatMap(({ code }) => {
    const answer = (answers[code] ?? '').trim()
    return answer === '' ? [] : [[code, answer] as const]
  })

export function postBody(set: readonly (readonly [string, string])[], { answers }: QuestionsShape): string {
  const list = set.map(([question, answer]) => ({ [answers.question]: question, [answers.answer]: answer }))
  return JSON.stringify(withValue({}, answers.at, list))
}

function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(text)
  } catch {
    // Written for another language's regular expressions: the bank judges it.
    return true
  }
}

/** What can be seen here already, by code of the question. */
export function missingAnswers(questions: readonly Question[], answers: Answers): Readonly<Record<string, string>> {
  return Object.fromEntries(
    askedQuestions(questions, answers).flatMap(({ code, required, pattern, choices }): [string, string][] => {
      const answer = (answers[code] ?? '').trim()
      if (answer === '') return required ? [[code, 'An answer is required.']] : []
      if (choices.length > 0 || pattern === null || matches(pattern, answer)) return []
      return [[code, `It does not have the form ${pattern}`]]
    }),
  )
}

export interface Refusal {
  /** Messages by code of the question. */
  readonly byQuestion: Readonly<Record<string, readonly string[]>>
  readonly others: readonly string[]
}

/** Which question a parameter such as `answers[0].answerCode` is about, or else which one the message names. */
function questionNamed(parameter: string, message: string, posted: readonly string[], codes: readonly string[]) {
  const index = /\[(\d+)\]/.exec(parameter)?.[1]
  if (index !== undefined && posted[Number(index)] !== undefined) return posted[Number(index)]
  return codes.find((code) => message.includes(`[${code}]`)) ?? null
}

/**
 * The messages of an answer that refuses a set.
 * @param posted codes of the questions, in the order they were posted
 */
export function refusalOf(
  body: Json | null,
  { problems }: QuestionsShape,
  posted: readonly string[],
  questions: readonly Question[],
  answers: Answers,
): Refusal {
  const name = isObject(body)
    ? Object.keys(body).find((key) => key.toLowerCase() === problems.toLowerCase())
    : undefined
  const list = name === undefined ? undefined : (body as Readonly<Record<string, Json>>)[name]
  const byQuestion: Record<string, string[]> = {}
  const others: string[] = []
  const codes = askedQuestions(questions, answers).map(({ code }) => code)
  for (const [parameter, messages] of Object.entries(isObject(list) ? list : {})) {
    for (const each of Array.isArray(messages) ? (messages as readonly Json[]) : [messages]) {
      const message = typeof each === 'string' ? each : JSON.stringify(each)
      const question = questionNamed(parameter, message, posted, codes)
      if (question == null) others.push(`${parameter}: ${message}`)
      else byQuestion[question] = [...(byQuestion[question] ?? []), message]
    }
  }
  return { byQuestion, others }
}
