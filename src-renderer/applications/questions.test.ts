import { expect, it } from 'vitest'
import type { QuestionsShape } from '#shared/application-profile.ts'
import {
  answersToPost,
  askedQuestions,
  givenAnswers,
  missingAnswers,
  postBody,
  questionsOf,
  refusalOf,
} from './questions.ts'

const shape: QuestionsShape = {
  at: '/kycQuestions',
  code: '/questionCode',
  text: '/questionText',
  required: '/answer/required',
  type: '/answer/type',
  pattern: '/answer/textValidationRegEx',
  choices: '/answer/possibleAnswers',
  choice: { code: '/answerCode', text: '/answerText', more: '/subQuestions' },
  answers: { at: '/answers', question: 'code', answer: 'answerCode' },
  problems: 'Problems',
}

const relation = {
  questionCode: 'PepRelation',
  questionText: 'Relation?',
  answer: { type: 'Text', required: true, textValidationRegEx: '^.{2,9}$', possibleAnswers: [] },
}
const application = {
  kycQuestions: [
    {
      questionCode: 'IsPep',
      questionText: 'PEP?',
      answer: {
        type: 'Boolean',
        required: true,
        possibleAnswers: [
          { answerCode: 'IsPepYes', answerText: 'Yes', subQuestions: [relation] },
          { answerCode: 'IsPepNo', answerText: 'No' },
        ],
      },
    },
    { questionCode: 'Income', questionText: 'Income?', answer: { type: 'Number', required: false } },
  ],
}
const questions = questionsOf(application, shape)
const codes = (answers: Record<string, string>) => askedQuestions(questions, answers).map(({ code }) => code)

it('asks what follows from an answer, and nothing of another one', () => {
  expect(codes({})).toEqual(['IsPep', 'Income'])
  expect(codes({ IsPep: 'IsPepYes' })).toEqual(['IsPep', 'PepRelation', 'Income'])
})

it('posts every answer that is asked for, and none that is not', () => {
  const answers = { IsPep: 'IsPepNo', PepRelation: 'left over', Income: ' 100 ' }
  expect(JSON.parse(postBody(answersToPost(questions, answers), shape))).toEqual({
    answers: [
      { code: 'IsPep', answerCode: 'IsPepNo' },
      { code: 'Income', answerCode: '100' },
    ],
  })
  expect(JSON.parse(postBody([], shape))).toEqual({ answers: [] })
})

it('reads answers that were given', () => {
  expect(givenAnswers({ answers: [{ code: 'IsPep', answerCode: 'IsPepNo' }, 7] }, shape)).toEqual({ IsPep: 'IsPepNo' })
})

it('says what is missing or has another form', () => {
  expect(missingAnswers(questions, {})).toEqual({ IsPep: 'An answer is required.' })
  expect(missingAnswers(questions, { IsPep: 'IsPepYes', PepRelation: 'x' })).toEqual({
    PepRelation: 'It does not have the form ^.{2,9}$',
  })
})

it('puts the messages of a refusal to their questions', () => {
  const body = {
    problems: { 'answers[0].answerCode': ['Nope'], answers: ['Expected an answer to [Income] actual []', 'Odd'] },
  }
  expect(refusalOf(body, shape, ['IsPep'], questions, {})).toEqual({
    byQuestion: { IsPep: ['Nope'], Income: ['Expected an answer to [Income] actual []'] },
    others: ['answers: Odd'],
  })
  expect(refusalOf('no object', shape, [], questions, {})).toEqual({ byQuestion: {}, others: [] })
})
