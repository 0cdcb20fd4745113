/** Names for the steps of an application: those of the bank's data, and plain words for what every bank has. */
import type { DeskKind } from './steps.ts'

/** Steps an application offers, by their operation. */
export function namesOf({ kind }: DeskKind): ReadonlyMap<string, string> {
  return new Map([
    ...(kind.questions === undefined ? [] : ([[kind.questions.post, 'Answer the questions']] as const)),
    ...kind.pages.map(({ begin, name }) => [begin, name] as const),
    ...kind.sign.map(({ begin, name }) => [begin, name] as const),
    ...(kind.verify === undefined ? [] : ([[kind.verify, 'Verify the application']] as const)),
  ])
}

/** Every step, those besides that no application offers by name. */
export function allNamesOf(which: DeskKind): ReadonlyMap<string, string> {
  const { kind } = which
  return new Map([
    ...namesOf(which),
    ...(kind.questions === undefined ? [] : ([[kind.questions.read, 'Read the answers']] as const)),
    ...kind.sign.flatMap((way): (readonly [string, string])[] =>
      way.how === 'order'
        ? [
            [way.poll, `Ask for the order: ${way.name}`],
            ...(way.cancel === undefined ? [] : ([[way.cancel, `Cancel the order: ${way.name}`]] as const)),
          ]
        : [],
    ),
  ])
}
