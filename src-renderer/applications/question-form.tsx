/** The questions of an application as a form: what was answered stands in it, and every post carries all of it. */
import { useState } from 'react'
import type { QuestionsShape } from '#shared/application-profile.ts'
import { succeeded } from '../exchange/exchange-line.tsx'
import type { Json } from '../forms/json-value.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Facts } from '../ui/facts.tsx'
import { TextField } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { Section } from '../ui/section.tsx'
import { bodyOf } from './answer-members.ts'
import { changeCase, useCase, useExchange } from './cases.ts'
import {
  type Answers,
  askedQuestions,
  givenAnswers,
  missingAnswers,
  type Question,
  questionsOf,
  refusalOf,
} from './questions.ts'
import { StepLine, useIsBusy } from './step-line.tsx'
import { type Desk, type DeskKind, openAnswers, postAnswers } from './steps.ts'

interface Asked {
  readonly question: Question
  readonly answer: string
  readonly problems: readonly string[]
  readonly onAnswer: (answer: string) => void
}

function ChoiceQuestion({ question: { code, text, required, choices }, answer, problems, onAnswer }: Asked) {
  const messages = problems.length === 0 ? undefined : `problems-${code}`
  return (
    <fieldset aria-describedby={messages} className="flex min-w-0 flex-col gap-1">
      <legend className="mb-1 text-sm text-muted">{required ? text : `${text} (optional)`}</legend>
      <div className="flex flex-wrap gap-x-5 gap-y-1">
        {choices.map((choice) => (
          <label key={choice.code} className="flex items-center gap-2">
            <input
              type="radio"
              name={`question-${code}`}
              checked={answer === choice.code}
              onChange={() => onAnswer(choice.code)}
              className="accent-accent"
            />
            {choice.text}
          </label>
        ))}
        {!required && answer !== '' && (
          <Button kind="quiet" className="h-6" aria-label={`No answer to: ${text}`} onClick={() => onAnswer('')}>
            No answer
          </Button>
        )}
      </div>
      {messages !== undefined && (
        <div id={messages} role="alert" className="text-sm text-bad">
          {problems.join(' ')}
        </div>
      )}
    </fieldset>
  )
}

function AskedQuestion(asked: Asked) {
  const { question, answer, problems, onAnswer } = asked
  if (question.choices.length > 0) return <ChoiceQuestion {...asked} />
  const { text, required, pattern, type } = question
  return (
    <TextField
      label={required ? text : `${text} (optional)`}
      hint={pattern === null ? undefined : `Form: ${pattern}`}
      inputMode={type?.toLowerCase() === 'number' ? 'decimal' : 'text'}
      value={answer}
      problem={problems.length === 0 ? null : problems.join(' ')}
      onChange={({ target }) => onAnswer(target.value)}
    />
  )
}

interface FormParts {
  readonly desk: Desk
  readonly which: DeskKind
  readonly shape: QuestionsShape
  readonly questions: readonly Question[]
  /** Those that count at the bank. */
  readonly given: Answers
  readonly canPost: boolean
}

function Form({ desk, which, shape, questions, given, canPost }: FormParts) {
  const { grant } = desk
  const { typed, posted, lines } = useCase(grant)
  const last = useExchange(lines.questions).exchange
  const busy = useIsBusy(grant, 'questions')
  const [told, setTold] = useState(false)
  const answers = { ...given, ...typed }
  const asked = askedQuestions(questions, answers)
  const missing = missingAnswers(questions, answers)
  const isRefused = last !== null && last.operation === which.kind.questions?.post && !succeeded(last)
  const refusal = isRefused ? refusalOf(bodyOf(last), shape, posted, questions, answers) : null
  const problemsOf = ({ code }: Question): readonly string[] => [
    ...(told && missing[code] !== undefined ? [missing[code]] : []),
    ...(refusal?.byQuestion[code] ?? []),
  ]
  const post = (insist: boolean) => {
    setTold(true)
    if (insist || Object.keys(missing).length === 0) void postAnswers(desk, which, questions, answers)
  }
  return (
    <form
      noValidate
      autoComplete="off"
      aria-label="Questions to the customer"
      className="flex max-w-prose flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        post(false)
      }}
    >
      {asked.map((question) => (
        <AskedQuestion
          key={question.code}
          question={question}
          answer={answers[question.code] ?? ''}
          problems={problemsOf(question)}
          onAnswer={(answer) => changeCase(grant, { typed: { ...typed, [question.code]: answer } })}
        />
      ))}
      {refusal !== null && refusal.others.length > 0 && (
        <p role="alert" className="text-bad">
          {refusal.others.join(' ')}
        </p>
      )}
      {canPost ? (
        <div className="flex flex-wrap items-center gap-2">
          <Button kind="primary" type="submit" busy={busy}>
            Post all answers
          </Button>
          {told && Object.keys(missing).length > 0 && (
            <Button busy={busy} onClick={() => post(true)}>
              Post what there is
            </Button>
          )}
          <Button kind="quiet" onClick={() => openAnswers(desk, which, questions, answers)}>
            Open as request
          </Button>
          <span className="text-muted">A post replaces all earlier answers, so it always has the full set.</span>
        </div>
      ) : (
        <p className="text-muted">The application takes no answers now.</p>
      )}
    </form>
  )
}

function Given({ given }: { readonly given: Answers }) {
  return (
    <Facts
      facts={Object.entries(given).map(([question, answer]) => [
        question,
        <span key={question} className="font-mono text-sm">
          {answer}
        </span>,
      ])}
    />
  )
}

export function QuestionSection({
  desk,
  which,
  application,
  canPost,
}: {
  readonly desk: Desk
  readonly which: DeskKind
  /** The last answer with the application. */
  readonly application: Json | null
  /** Posting is among what the application offers now. */
  readonly canPost: boolean
}) {
  const { questions: shape } = desk.profile
  const { told } = useCase(desk.grant)
  const answers = useExchange(told.answers)
  if (shape === undefined || which.kind.questions === undefined) return null
  const questions = questionsOf(application, shape)
  const given = givenAnswers(bodyOf(answers.exchange), shape)
  const count = Object.keys(given).length
  return (
    <Section
      title="Questions"
      trailing={count === 0 ? undefined : <Badge tone="good">{count === 1 ? '1 answer' : `${count} answers`}</Badge>}
    >
      {questions.length === 0 && count === 0 && <p className="text-muted">No questions are asked now.</p>}
      {questions.length === 0 && count > 0 && <Given given={given} />}
      {questions.length > 0 && !answers.loading && (
        <Form
          key={desk.grant}
          desk={desk}
          which={which}
          shape={shape}
          questions={questions}
          given={given}
          canPost={canPost}
        />
      )}
      {questions.length > 0 && count > 0 && canPost && (
        <Notice title="These answers count at the bank">They stand in the form; change some and post them all.</Notice>
      )}
      <StepLine grant={desk.grant} part="questions" />
    </Section>
  )
}
