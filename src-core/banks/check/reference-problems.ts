/** Whether every reference of the documents leads to something, and none out of its document. */
import { followed, inside, isObject, type Json, textOf, valueAt, walk } from './json-document.ts'
import type { Problem } from './problem.ts'
import type { FolderFiles } from './read-folder.ts'

/** References of one object: `$ref`, and the values of a discriminator's mapping. */
function referencesAt(at: { [key: string]: Json }): [place: string[], reference: string][] {
  const references: [string[], string][] = []
  const own = textOf(at.$ref)
  if (own !== null) references.push([['$ref'], own])
  if (isObject(at.discriminator) && isObject(at.discriminator.mapping)) {
    for (const [name, target] of Object.entries(at.discriminator.mapping)) {
      if (typeof target === 'string') references.push([['discriminator', 'mapping', name], target])
    }
  }
  return references
}

function problemWith(document: Json, reference: string): string | null {
  if (!reference.startsWith('#/')) {
    return `${reference} leaves the file. Put what it names under components and refer to it as #/components/….`
  }
  const target = valueAt(document, reference)
  if (target === undefined) return `Nothing is at ${reference}. Correct the reference or add what it names.`
  const loops =
    isObject(target) && typeof target.$ref === 'string' && Object.keys(followed(document, target)).length === 0
  return loops ? `${reference} leads back to itself or to nothing.` : null
}

/**
 * Also in examples and in extensions: a linter or an importer follows `$ref` wherever it stands, and must find none that opens
 * another file or an address.
 */
function problemsOf(document: Json, file: string): Problem[] {
  const problems: Problem[] = []
  walk(document, (at, place) => {
    for (const [path, reference] of referencesAt(at)) {
      const message = problemWith(document, reference)
      if (message !== null) problems.push({ message, file, place: inside(place, ...path) })
    }
    if (typeof at.externalValue === 'string') {
      const message = `The example lies outside at ${at.externalValue}. Write it down as value.`
      problems.push({ message, file, place: inside(place, 'externalValue') })
    }
  })
  return problems
}

export const referenceProblems = ({ openapi, journeys }: FolderFiles): Problem[] => [
  ...problemsOf(openapi, 'openapi.yaml'),
  ...problemsOf(journeys, 'journeys.yaml'),
]
