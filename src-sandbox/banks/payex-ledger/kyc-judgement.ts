/** Judges a posted set of answers: every code offered, every text in form, nothing required left out. */
import { z } from 'zod'
import type { Question } from './kyc-questions.ts'
import type { GivenAnswer } from './payex-state.ts'

export type KycJudgement =
  | { readonly answers: readonly GivenAnswer[] }
  | { readonly findings: Readonly<Record<string, readonly string[]>> }

const formSchema = z.object({
  answers: z.array(z.object({ code: z.string().min(1), answerCode: z.string().min(1) })),
})

/** "answers[0].answerCode" */
const parameterAt = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : `${text}${text && '.'}${String(key)}`),
    '',
  )

/** .NET's largest decimal; the printed problem has it, with a decimal comma. */
const largest = 79_228_162_514_264_337_593_543_950_335n

function textFinding({ answer }: Question, given: string): string | null {
  if (answer.textValidationRegEx && !new RegExp(answer.textValidationRegEx, 'u').test(given))
    return `Expected value matching [${answer.textValidationRegEx}] actual [${given}]`
  if (answer.type === 'Number' && Number(given.replace(',', '.')) === 0)
    return `Expected value between [0,01]-[${largest}] actual [${given}]`
  return null
}

function answerFinding(question: Question, given: string): string | null {
  const offered = question.answer.possibleAnswers.map(({ answerCode }) => answerCode)
  if (offered.length === 0) return textFinding(question, given)
  return offered.includes(given) ? null : `Expected value in [${offered.join(', ')}] actual [${given}]`
}

/** The questions that count with these answers: those asked of everybody, and the sub-questions of the answers chosen. */
function questionsAsked(questions: readonly Question[], answers: readonly GivenAnswer[]): Question[] {
  return questions.flatMap((question) => {
    const given = answers.find(({ code }) => code === question.questionCode)
    const chosen = question.answer.possibleAnswers.find(({ answerCode }) => answerCode === given?.answerCode)
    return [question, ...questionsAsked(chosen?.subQuestions ?? [], answers)]
  })
}

function findingsOf(questions: readonly Question[], answers: readonly GivenAnswer[]): [string, string][] {
  const asked = questionsAsked(questions, answers)
  const codes = asked.map(({ questionCode }) => questionCode)
  const wrong = answers.flatMap(({ code, answerCode }, index): [string, string][] => {
    const question = asked.find(({ questionCode }) => questionCode === code)
    if (!question) return [[`answers[${index}].code`, `Expected value in [${codes.join(', ')}] actual [${code}]`]]
    if (answers.findIndex((other) => other.code === code) < index)
      return [[`answers[${index}].code`, `Expected one answer per question actual [${code}] again`]]
    const finding = answerFinding(question, answerCode)
    return finding === null ? [] : [[`answers[${index}].answerCode`, finding]]
  })
  const missing = asked
    .filter(({ answer, questionCode }) => answer.required && !answers.some(({ code }) => code === questionCode))
    .map(({ questionCode }): [string, string] => ['answers', `Expected an answer to [${questionCode}] actual []`])
  return [...wrong, ...missing]
}

function grouped(findings: readonly (readonly [string, string])[]): Record<string, string[]> {
  const messagesOf = (parameter: string): string[] =>
    findings.filter(([other]) => other === parameter).map(([, message]) => message)
  return Object.fromEntries(findings.map(([parameter]) => [parameter, messagesOf(parameter)]))
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return null
  }
}

export function judgeAnswers(questions: readonly Question[], body: Buffer): KycJudgement {
  const form = formSchema.safeParse(parsed(body))
  if (!form.success) {
    const findings = form.error.issues.map(({ path, message }): [string, string] => [
      parameterAt(path) || 'answers',
      message,
    ])
    return { findings: grouped(findings) }
  }
  const { answers } = form.data
  const findings = findingsOf(questions, answers)
  return findings.length > 0 ? { findings: grouped(findings) } : { answers }
}
