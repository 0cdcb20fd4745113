/** How the values a bank's profile names are made. */
import { randomUUID } from 'node:crypto'
import type { ValueRecipeName } from '#shared/value-recipe.ts'

/** What a recipe may draw on. */
export interface RecipeContext {
  readonly organizationIdentifier: string | null
  readonly callbackUris: readonly string[]
}

export type Recipe = (context: RecipeContext) => string | readonly string[] | null

export const valueRecipes: Record<ValueRecipeName, Recipe> = {
  uuid: () => randomUUID(),
  'organisation-identifier': (context) => context.organizationIdentifier,
  'callback-uris': (context) => context.callbackUris,
  // These two are filled by the access flow and the grant, never from a header default.
  customer: () => null,
  'bearer-token': () => null,
}
