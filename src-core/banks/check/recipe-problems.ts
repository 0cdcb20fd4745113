/** Whether a row's recipe names only what there is: operations, parameters, identities, grants and values that an earlier step made. */
import {
  type ErrorRecipe,
  nothing,
  ownIdentity,
  type RecipeCall,
  type RecipeSend,
  type RecipeStep,
} from '#shared/error-recipe.ts'
import type { ErrorRow } from '#shared/error-row.ts'
import { bracesIn, readRecipeValue } from '#shared/recipe-values.ts'
import type { CompiledBank, Operation } from '../bank.ts'
import { type CheckedBank, filledByItself, hint } from './checked-bank.ts'

/** Path below the recipe, and what is wrong there. */
type Found = readonly [path: string, message: string]

interface Made {
  readonly identities: ReadonlySet<string>
  readonly grants: Set<string>
  readonly values: Set<string>
}

function parameterProblems(
  outgoing: RecipeCall | RecipeSend,
  operation: Operation,
  path: string,
  bank: CompiledBank,
): Found[] {
  const { parameters } = operation
  const filled = filledByItself(bank)
  const has = (name: string) =>
    parameters.some(
      (one) => one.name === name || (one.in === 'header' && one.name.toLowerCase() === name.toLowerCase()),
    )
  const names = parameters.map(({ name }) => name)
  const unknown = Object.keys(outgoing.parameters)
    .filter((name) => !has(name))
    .map(
      (name): Found => [
        `${path}/parameters/${name}`,
        `is no parameter of ${operation.id}. ${hint(name, names)} Other headers go under headers.`,
      ],
    )
  const missing = parameters
    .filter(({ name, in: place }) => place === 'path' && !Object.hasOwn(outgoing.parameters, name))
    .filter(({ name }) => !filled.has(name.toLowerCase()))
    .map(
      ({ name }): Found => [
        `${path}/parameters`,
        `lacks the path parameter ${name} of ${operation.id}. Examples are not used in paths: give it.`,
      ],
    )
  return [...unknown, ...missing]
}

function operationProblems(outgoing: RecipeCall | RecipeSend, id: string, path: string, checked: CheckedBank): Found[] {
  const operation = checked.bank.operations.find((one) => one.id === id)
  if (operation !== undefined) return parameterProblems(outgoing, operation, path, checked.bank)
  return [[path, `calls ${id}, which openapi.yaml does not have. ${hint(id, checked.operationIds)}`]]
}

/** Values in braces, identities and grants that are used before they are made. */
function referenceProblems(used: object, path: string, made: Made, checked: CheckedBank): Found[] {
  const { by, grant, refresh, register } = used as Partial<Record<'by' | 'grant' | 'refresh' | 'register', string>>
  const makesGrant = 'authorise' in used || 'enter' in used
  const identities = [by, register].filter((name) => name !== undefined && name !== nothing)
  const grants = [makesGrant ? undefined : grant, refresh].filter((name) => name !== undefined && name !== nothing)
  return [
    ...identities
      .filter((name) => !made.identities.has(name ?? ''))
      .map((name): Found => [path, `names the identity ${name}, which the recipe does not have.`]),
    ...grants
      .filter((name) => !made.grants.has(name ?? ''))
      .map((name): Found => [path, `uses the grant ${name}, which no step before it makes.`]),
    ...bracesIn(used).flatMap((text) => valueProblem(text, path, made, checked)),
  ]
}

function valueProblem(text: string, path: string, made: Made, { bank }: CheckedBank): Found[] {
  const value = readRecipeValue(text)
  if (value === null) return [[path, `holds {{${text}}}, which is no value. src-shared/error-recipe.ts lists them.`]]
  if (value.kind === 'kept' && !made.values.has(value.name))
    return [[path, `uses {{${value.name}}}, which no step before it keeps.`]]
  if (value.kind === 'organisation' && value.identity !== null && !made.identities.has(value.identity))
    return [[path, `names the organisation of ${value.identity}, an identity the recipe does not have.`]]
  // `pages` are the sandbox's own host, for what people open.
  const hosts = [...Object.keys(bank.profile.hosts), 'pages']
  if (value.kind === 'url' && !hosts.includes(value.host))
    return [[path, `names the host ${value.host}, which bank.yaml does not have. ${hint(value.host, hosts)}`]]
  return []
}

/** What is there after the step. */
function note(step: RecipeStep, made: Made): void {
  if ('keep' in step) for (const name of Object.keys(step.keep)) made.values.add(name)
  if ('authorise' in step || 'enter' in step) made.grants.add(step.grant)
}

function identityProblems({ identities }: ErrorRecipe, known: ReadonlySet<string>): Found[] {
  return Object.entries(identities).flatMap(([name, { organisationOf }]): Found[] =>
    organisationOf !== undefined &&
    (!known.has(organisationOf) || identities[organisationOf]?.organisationOf !== undefined)
      ? [
          [
            `identities/${name}`,
            `is for the organisation of ${organisationOf}, which is no identity with one of its own.`,
          ],
        ]
      : [],
  )
}

function resumeProblems({ given, send }: ErrorRecipe): Found[] {
  if (!send.resume) return []
  const called = given.some((step) => 'call' in step)
  return [
    ...(called ? [] : [['send/resume', 'goes on with a call, and no step before it makes one.'] as const]),
    ...(send.customer === undefined ? [['send/resume', 'needs the customer who opens the page.'] as const] : []),
  ]
}

export function recipeProblems({ reproduce }: ErrorRow, checked: CheckedBank): Found[] {
  const { recipe } = reproduce
  if (recipe === undefined) return []
  const identities = new Set([ownIdentity, ...Object.keys(recipe.identities)])
  const made: Made = { identities, grants: new Set(), values: new Set() }
  const found: Found[] = identityProblems(recipe, identities)
  for (const [index, step] of recipe.given.entries()) {
    const path = `given/${index}`
    if ('call' in step) found.push(...operationProblems(step, step.call, path, checked))
    found.push(...referenceProblems(step, path, made, checked))
    note(step, made)
  }
  const operation = recipe.send.operation ?? reproduce.operation
  found.push(...operationProblems(recipe.send, operation, 'send', checked))
  found.push(...referenceProblems(recipe.send, 'send', made, checked), ...resumeProblems(recipe))
  return found
}
