/** Whether the expressions of journeys.yaml take their values from where some come: an input, or a step before. */
import type { CheckedBank } from './checked-bank.ts'
import { type Workflow, workflowsOf } from './journey-problems.ts'
import { followed, type Json, objectOf, objectsOf, textOf } from './json-document.ts'
import type { Problem } from './problem.ts'

const file = 'journeys.yaml'

/** Arazzo 1.0 section 4.7; what follows a `#` is a place inside the value. */
const expressions = (value: Json): string[] =>
  [...JSON.stringify(value).matchAll(/\$(?:inputs|steps)\.[\w.-]+/g)].map(([expression]) => expression)

function goals({ node, place, name }: Workflow['steps'][number], steps: readonly string[]): Problem[] {
  return [...objectsOf(node.onSuccess), ...objectsOf(node.onFailure)]
    .map((action) => textOf(action.stepId))
    .filter((goal) => goal !== null && !steps.includes(goal))
    .map((goal) => ({ message: `${name} goes on with ${goal}, which is no step of its workflow.`, file, place }))
}

function workflowProblems({ node, place, id, steps }: Workflow, journeys: Json): Problem[] {
  const inputs = Object.keys(objectOf(followed(journeys, node.inputs).properties))
  const known = new Set(inputs.map((name) => `$inputs.${name}`))
  const stepIds = steps.map((step) => textOf(step.node.stepId) ?? '')
  const problems: Problem[] = []
  const use = (name: string, value: Json, at: string) => {
    for (const expression of new Set(expressions(value))) {
      if (known.has(expression)) continue
      const message = `${name} uses ${expression}, which no input and no step before it gives. Add it there or correct the name.`
      problems.push({ message, file, place: at })
    }
  }
  for (const step of steps) {
    // A step that is repeated may use what it gave the time before.
    for (const output of Object.keys(objectOf(step.node.outputs))) {
      known.add(`$steps.${textOf(step.node.stepId) ?? ''}.outputs.${output}`)
    }
    use(step.name, step.node, step.place)
    problems.push(...goals(step, stepIds))
  }
  use(id, node.outputs ?? null, `${place}/outputs`)
  const used = new Set(expressions(node))
  const idle = inputs.filter((name) => !used.has(`$inputs.${name}`))
  const unused = idle.map((name) => ({
    message: `${id} asks for the input ${name} and never uses it. Use it or take it away.`,
    file,
    place: `${place}/inputs`,
  }))
  return [...problems, ...unused]
}

export const journeyValueProblems = ({ files: { journeys } }: CheckedBank): Problem[] =>
  workflowsOf(journeys).flatMap((workflow) => workflowProblems(workflow, journeys))
