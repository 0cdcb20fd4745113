/** Names of the recipes that make a value, resolved by core in its table. */
import { z } from 'zod'

export const valueRecipeNames = [
  'uuid',
  'organisation-identifier',
  'callback-uris',
  'customer',
  'bearer-token',
] as const
export const recipeSchema = z.enum(valueRecipeNames)
export type ValueRecipeName = (typeof valueRecipeNames)[number]
