/** What a product's form has other than its schema says: of the shapes in the bank's data, all that fit together. */
import type { ResourceProfile, ResourceShape } from '#shared/resource-profile.ts'
import type { FormShape } from './form-fields.ts'

export interface ProductShape extends FormShape {
  readonly example: string | null
  readonly notes: readonly string[]
}

export const fitsParameters = (
  when: Readonly<Record<string, readonly string[]>>,
  parameters: Readonly<Record<string, string>>,
): boolean => Object.entries(when).every(([name, values]) => values.includes(parameters[name] ?? ''))

export function shapeFor(
  { shapes }: Pick<ResourceProfile, 'shapes'>,
  parameters: Readonly<Record<string, string>>,
): ProductShape {
  const fitting: readonly ResourceShape[] = shapes.filter(({ when }) => fitsParameters(when, parameters))
  return {
    required: new Set(fitting.flatMap(({ required }) => required)),
    without: new Set(fitting.flatMap(({ without }) => without)),
    // The narrowest says it best: it stands last.
    example: fitting.findLast(({ example }) => example !== undefined)?.example ?? null,
    notes: fitting.flatMap(({ notes }) => notes),
  }
}
