import { describe, expect, it } from 'vitest'
import { findCustomer } from './customers.ts'
import { judgeAnswers } from './kyc-judgement.ts'
import { questionsFor } from './kyc-questions.ts'
import type { GivenAnswer } from './payex-state.ts'

const questionsOf = (key: string) => {
  const customer = findCustomer(key)
  if (!customer) throw new Error(key)
  return questionsFor(customer)
}
const sven = questionsOf('sven-svensson')
const frida = questionsOf('frida-fraga')

const given = (answers: Readonly<Record<string, string>>): GivenAnswer[] =>
  Object.entries(answers).map(([code, answerCode]) => ({ code, answerCode }))
const judge = (questions: typeof sven, body: unknown) => judgeAnswers(questions, Buffer.from(JSON.stringify(body)))
const findings = (questions: typeof sven, answers: Readonly<Record<string, string>>) => {
  const judged = judge(questions, { answers: given(answers) })
  return 'findings' in judged ? judged.findings : null
}

const full = {
  IsPep: 'IsPepYes',
  PepWho: 'PepWhoRelative',
  PepRelation: 'Mor',
  FundsOrigin: 'FundsOriginOther',
  FundsOriginText: 'Arv efter farmor',
  TaxAbroad: 'TaxAbroadYes',
  TaxCountry: 'NO',
  MonthlyIncome: '32000,50',
}
const least = { IsPep: 'IsPepNo', FundsOrigin: 'FundsOriginSalary', TaxAbroad: 'TaxAbroadNo', MonthlyIncome: '1' }

describe('a full set', () => {
  it.each([
    ['the one question asked of everybody', sven, { IsPep: 'IsPepNo' }],
    ['every question with its sub-questions and free texts', sven, full],
    ['every question where all are required', frida, full],
    ['no sub-question where none follows', frida, least],
  ])('is taken: %s', (_name, questions, answers) => {
    expect(judge(questions, { answers: given(answers) })).toEqual({ answers: given(answers) })
  })
})

describe('an answer is refused', () => {
  it.each<[string, typeof sven, Record<string, string>, Record<string, string[]>]>([
    [
      'with a code nobody offered',
      sven,
      { IsPep: 'Nope' },
      { 'answers[0].answerCode': ['Expected value in [IsPepYes, IsPepNo] actual [Nope]'] },
    ],
    [
      'to a question nobody asked',
      sven,
      { IsPep: 'IsPepNo', Shoe: '42' },
      { 'answers[1].code': ['Expected value in [IsPep, FundsOrigin, TaxAbroad, MonthlyIncome] actual [Shoe]'] },
    ],
    [
      'to a sub-question that does not follow',
      frida,
      { ...least, PepWho: 'PepWhoSelf' },
      { 'answers[4].code': [expect.stringContaining('actual [PepWho]')] as string[] },
    ],
    [
      'as a text out of form',
      sven,
      { IsPep: 'IsPepNo', TaxAbroad: 'TaxAbroadYes', TaxCountry: 'Norge' },
      { 'answers[2].answerCode': ['Expected value matching [^[A-Z]{2}$] actual [Norge]'] },
    ],
    [
      'as a number out of range, with a decimal comma',
      sven,
      { IsPep: 'IsPepNo', MonthlyIncome: '0' },
      { 'answers[1].answerCode': ['Expected value between [0,01]-[79228162514264337593543950335] actual [0]'] },
    ],
  ])('%s', (_name, questions, answers, expected) => {
    expect(findings(questions, answers)).toEqual(expected)
  })

  it('where a required one is left out, a sub-question too', () => {
    expect(findings(sven, {})).toEqual({ answers: ['Expected an answer to [IsPep] actual []'] })
    expect(findings(sven, { IsPep: 'IsPepYes' })).toEqual({ answers: ['Expected an answer to [PepWho] actual []'] })
    expect(findings(frida, { IsPep: 'IsPepNo' })?.answers).toHaveLength(3)
  })

  it('where a question has two', () => {
    const twice = [...given({ IsPep: 'IsPepNo' }), ...given({ IsPep: 'IsPepNo' })]
    expect(judge(sven, { answers: twice })).toMatchObject({ findings: { 'answers[1].code': [expect.any(String)] } })
  })

  it.each([
    ['no body', ''],
    ['no JSON', '{'],
    ['no answers', '{}'],
    ['no list', '{"answers":{}}'],
  ])('with %s', (_name, body) => {
    expect(judgeAnswers(sven, Buffer.from(body))).toHaveProperty('findings')
  })

  it('without its answerCode, by its place', () => {
    expect(judge(sven, { answers: [{ code: 'IsPep' }] })).toMatchObject({
      findings: { 'answers[0].answerCode': [expect.any(String)] },
    })
  })
})

it('asks in the language of the country', () => {
  const texts = ['sven-svensson', 'nora-nordmann', 'ditte-dansk'].map((key) => questionsOf(key)[0]?.questionText)
  expect(new Set(texts).size).toBe(3)
  expect(texts[1]).toContain('politisk eksponert')
})
