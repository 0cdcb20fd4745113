/** The questions a customer is asked, in the language of the ledger's country. */
import type { Country, PayexCustomer } from './customers.ts'
import { kycTexts, type TextCode } from './kyc-texts.ts'

export interface Question {
  readonly questionCode: string
  readonly questionText: string
  readonly answer: {
    readonly type: 'Boolean' | 'SingleChoice' | 'Text' | 'Number'
    readonly required: boolean
    readonly textValidationRegEx?: string
    /** Empty where the answer is a text. */
    readonly possibleAnswers: readonly PossibleAnswer[]
  }
}

export interface PossibleAnswer {
  readonly answerCode: string
  readonly answerText: string
  readonly subQuestions?: readonly Question[]
}

/** Makes questions whose texts come from one language. */
function questionMaker(country: Country) {
  const text = (code: TextCode): string => kycTexts[code][country]
  const option = (answerCode: TextCode, ...subQuestions: Question[]): PossibleAnswer => ({
    answerCode,
    answerText: text(answerCode),
    ...(subQuestions.length > 0 ? { subQuestions } : {}),
  })
  const choice = (
    questionCode: TextCode,
    type: 'Boolean' | 'SingleChoice',
    required: boolean,
    ...possibleAnswers: PossibleAnswer[]
  ): Question => ({ questionCode, questionText: text(questionCode), answer: { type, required, possibleAnswers } })
  const freeText = (
    questionCode: TextCode,
    type: 'Text' | 'Number',
    required: boolean,
    textValidationRegEx: string,
  ): Question => ({
    questionCode,
    questionText: text(questionCode),
    answer: { type, required, textValidationRegEx, possibleAnswers: [] },
  })
  return { option, choice, freeText }
}

/** The law asks everybody whether he is a PEP; the rest is required of some customers only. */
export function questionsFor({ country, answersAll }: PayexCustomer): readonly Question[] {
  const { option, choice, freeText } = questionMaker(country)
  const relation = freeText('PepRelation', 'Text', true, '^.{2,100}$')
  return [
    choice(
      'IsPep',
      'Boolean',
      true,
      option(
        'IsPepYes',
        choice('PepWho', 'SingleChoice', true, option('PepWhoSelf'), option('PepWhoRelative', relation)),
      ),
      option('IsPepNo'),
    ),
    choice(
      'FundsOrigin',
      'SingleChoice',
      answersAll,
      option('FundsOriginSalary'),
      option('FundsOriginPension'),
      option('FundsOriginBusiness'),
      option('FundsOriginOther', freeText('FundsOriginText', 'Text', true, '^.{3,100}$')),
    ),
    choice(
      'TaxAbroad',
      'Boolean',
      answersAll,
      option('TaxAbroadYes', freeText('TaxCountry', 'Text', true, '^[A-Z]{2}$')),
      option('TaxAbroadNo'),
    ),
    freeText('MonthlyIncome', 'Number', answersAll, '^\\d{1,20}(,\\d{1,2})?$'),
  ]
}
