/** Whether the rules and roles of bank.yaml name what exists: operations, parameters, views, time zones. */
import { viewNames } from '#shared/bank-profile.ts'
import type { CallRule } from '#shared/call-rules.ts'
import { type CheckedBank, hint } from './checked-bank.ts'
import { inside } from './json-document.ts'
import type { Problem } from './problem.ts'

const at = (message: string, ...path: readonly PropertyKey[]): Problem => ({
  message,
  file: 'bank.yaml',
  place: inside('#', ...path),
})

/** Names of parameters a rule looks at. */
function parametersOf(rule: CallRule): string[] {
  const when = Object.keys(rule.when)
  if ('parameter' in rule) return [...when, rule.parameter]
  return rule.rule === 'period-reversed' && rule.in === 'query' ? [...when, rule.from, rule.to] : when
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).format(0) !== ''
  } catch {
    return false
  }
}

function problemsOf(rule: CallRule, index: number, { bank, operationIds }: CheckedBank): Problem[] {
  const known = [...operationIds]
  const unknown = rule.operations
    .filter((id) => !operationIds.has(id))
    .map((id) => at(`There is no operation ${id}. ${hint(id, known)}`, 'rules', index, 'operations'))
  const operations = bank.operations.filter(({ id }) => rule.operations.includes(id))
  const missing = parametersOf(rule).flatMap((name) =>
    operations
      .filter(({ parameters }) => !parameters.some((parameter) => parameter.name === name))
      .map(({ id, parameters }) => {
        const words = hint(
          name,
          parameters.map((parameter) => parameter.name),
        )
        return at(`The rule looks at ${name}, which ${id} does not take. ${words}`, 'rules', index)
      }),
  )
  const zone =
    rule.rule === 'date-in-past' && !isZone(rule.zone)
      ? [at(`${rule.zone} is no time zone. Give one as Europe/Stockholm.`, 'rules', index, 'zone')]
      : []
  return [...unknown, ...missing, ...zone]
}

export function ruleProblems(checked: CheckedBank): Problem[] {
  const { rules = [], roles = {} } = checked.bank.profile
  const views = Object.keys(roles)
    .filter((view) => !(viewNames as readonly string[]).includes(view))
    .map((view) => at(`There is no view ${view}. ${hint(view, viewNames)}`, 'roles', view))
  return [...views, ...rules.flatMap((rule, index) => problemsOf(rule, index, checked))]
}
