/** Whether journeys.yaml (Arazzo 1.0) calls operations that exist, with the parameters and body fields they take and need. */
import type { Operation } from '../bank.ts'
import { type CheckedBank, filledByItself, hint, type PrintedOperation, repeated } from './checked-bank.ts'
import { followed, inside, type Json, type JsonObject, objectOf, objectsOf, textOf } from './json-document.ts'
import { tokenNeed } from './operation-problems.ts'
import { bodyProblems } from './payload-problems.ts'
import type { Problem } from './problem.ts'

const file = 'journeys.yaml'

interface Step {
  readonly node: JsonObject
  readonly place: string
  readonly name: string
}

export interface Workflow {
  readonly node: JsonObject
  readonly place: string
  readonly id: string
  readonly steps: readonly Step[]
}

export function workflowsOf(journeys: Json): Workflow[] {
  return objectsOf(objectOf(journeys).workflows).map((node, index) => {
    const id = textOf(node.workflowId) ?? `workflow ${index + 1}`
    const place = `#/workflows/${index}`
    const steps = objectsOf(node.steps).map((step, at) => {
      const name = `${id}, step ${textOf(step.stepId) ?? at + 1}`
      return { node: step, place: `${place}/steps/${at}`, name }
    })
    return { node, place, id, steps }
  })
}

interface Given {
  readonly in: string
  readonly name: string
}

/** Header names do not care for case (RFC 9110 section 5.1). */
const sameAs =
  (one: Given) =>
  (other: Given): boolean =>
    one.in === other.in &&
    (one.in === 'header' ? one.name.toLowerCase() === other.name.toLowerCase() : one.name === other.name)

const written = (parameter: Given): string => `${parameter.in} ${parameter.name}`

const token: Given = { in: 'header', name: 'Authorization' }
const addToken =
  'Get one in a step before and give it: Bearer {$steps.<step>.outputs.<output>}, as the journeys of ica-banken do.'
/** May be said although OpenAPI has it as content. */
const accept: Given = { in: 'header', name: 'Accept' }

function parameterProblems(step: Step, printed: PrintedOperation, checked: CheckedBank): Problem[] {
  const { journeys, openapi } = checked.files
  const given = objectsOf(step.node.parameters).map((parameter): Given => {
    const target = followed(
      journeys,
      textOf(parameter.reference)?.startsWith('$components.') ? componentOf(journeys, parameter) : parameter,
    )
    return { in: textOf(target.in) ?? '', name: textOf(target.name) ?? '' }
  })
  const declared = printed.operations[0]?.parameters ?? []
  const need = tokenNeed(printed, objectOf(objectOf(openapi).components).securitySchemes)
  const allowed: Given[] = [...declared, accept, ...(need === 'none' ? [] : [token])]
  const filled = filledByItself(checked.bank)
  const needed: Given[] = declared.filter(({ required, name }) => required && !filled.has(name.toLowerCase()))
  if (need === 'required') needed.push(token)
  const place = `${step.place}/parameters`
  const says = (message: string): Problem => ({ message: `${step.name} ${message}`, file, place })
  return [
    ...given
      .filter((parameter) => !allowed.some(sameAs(parameter)))
      .map((parameter) =>
        says(
          `gives ${written(parameter)}, which ${printed.operationId} does not take. ${hint(written(parameter), allowed.map(written))}`,
        ),
      ),
    ...needed
      .filter((parameter) => !given.some(sameAs(parameter)))
      .map((parameter) =>
        says(
          `does not give ${written(parameter)}, which ${printed.operationId} needs. ${parameter === token ? addToken : 'Add it.'}`,
        ),
      ),
  ]
}

/** Arazzo 1.0 section 4.6.5: a reusable parameter is named as `$components.parameters.<name>`. */
function componentOf(journeys: Json, parameter: JsonObject): Json | undefined {
  const [, kind = '', name = ''] = (textOf(parameter.reference) ?? '').split('.')
  return objectOf(objectOf(objectOf(journeys).components)[kind])[name]
}

/** Of several operations on one method and path, the one whose fields the payload has; the token call of OAuth is two. */
function bodyProblemsOf(step: Step, operations: readonly Operation[], { files }: CheckedBank): Problem[] {
  const { requestBody } = step.node
  const payload = objectOf(requestBody).payload
  const place = inside(step.place, 'requestBody', 'payload')
  const says = (message: string): Problem => ({ message: `${step.name} ${message}`, file, place })
  const attempts = operations.map(({ id, body }) => {
    if (body === null) return payload === undefined ? [] : [`sends a body, which ${id} does not take. Leave it out.`]
    if (payload === undefined) return body.required ? [`sends no body, which ${id} needs. Add requestBody.`] : []
    return bodyProblems(payload, body.schema as JsonObject, files.openapi)
  })
  const fewest = attempts.toSorted((one, other) => one.length - other.length)[0] ?? []
  return fewest.map(says)
}

function stepProblems(step: Step, workflows: readonly Workflow[], checked: CheckedBank): Problem[] {
  const { node, place } = step
  const called = textOf(node.workflowId)
  if (called !== null) {
    const ids = workflows.map(({ id }) => id)
    const message = `${step.name} runs the workflow ${called}, which is not here. ${hint(called, ids)}`
    return ids.includes(called) ? [] : [{ message, file, place: `${place}/workflowId` }]
  }
  // `$sourceDescriptions.<name>.<operationId>` where an Arazzo document has several sources.
  const operationId = textOf(node.operationId)?.split('.').at(-1) ?? ''
  const printed = checked.printed.find((each) => each.operationId === operationId)
  if (printed === undefined) {
    const known = checked.printed.map((each) => each.operationId)
    const message = `${step.name} calls ${operationId || 'no operation by operationId'}, which openapi.yaml does not have. ${hint(operationId, known)}`
    return [{ message, file, place: `${place}/operationId` }]
  }
  return [
    ...parameterProblems(step, printed, checked),
    ...bodyProblemsOf(step, printed.operations, checked),
    ...browserProblems(step, printed, checked),
  ]
}

/** A host that a browser goes to is never called by the runner itself. */
function browserProblems(step: Step, { operations }: PrintedOperation, { bank }: CheckedBank): Problem[] {
  const host = operations[0]?.host ?? ''
  if (bank.profile.hosts[host]?.browser !== true || step.node['x-tpp-browser'] !== undefined) return []
  const message = `${step.name} calls the host ${host}, where a person's browser goes. Say with x-tpp-browser who does what there.`
  return [{ message, file, place: step.place }]
}

export function journeyProblems(checked: CheckedBank): Problem[] {
  const workflows = workflowsOf(checked.files.journeys)
  const twice = repeated(workflows.map(({ id }) => id)).map(({ value, index }) => ({
    message: `The id ${value} is given to more than one workflow. Give each its own.`,
    file,
    place: `#/workflows/${index}/workflowId`,
  }))
  const steps = workflows.flatMap((workflow) => workflow.steps)
  return [...twice, ...steps.flatMap((step) => stepProblems(step, workflows, checked))]
}
