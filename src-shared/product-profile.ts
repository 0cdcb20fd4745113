/** How a bank tells of its public products: the lists it has, where a product says what, and where rates and their tiers stand. */
import { z } from 'zod'

const operation = z.string().regex(/^[a-z0-9][a-z0-9-]*$/)
/** JSON Pointer (RFC 6901), from the answer or from the entry it is said of. */
const pointer = z.string().regex(/^(\/[^/]*)+$/)
/** Of several the first that leads to something counts. */
const places = z.union([pointer, z.array(pointer).min(1)])

/** A rate, as a number or a decimal text; 0.213 as a `fraction` is 21.3 as `percent`. */
const percentageSchema = z.strictObject({ at: pointer, in: z.enum(['fraction', 'percent']) })

/** A list of rates of a product. */
const ratesSchema = z.strictObject({
  /** The list, in the product. */
  at: pointer,
  /** What these rates are, for a person. */
  name: z.string().min(1),
  rate: percentageSchema,
  /** The rate with everything that comes on top of it. */
  effective: percentageSchema.optional(),
  /** What the rate holds for: spans, as of days or amounts. Places below `list` are said of one of them. */
  tiers: z.strictObject({ list: pointer, unit: pointer, from: pointer, to: pointer }).optional(),
})

export const productProfileSchema = z.strictObject({
  /** The calls that list products; the first is looked at first. */
  lists: z.array(z.strictObject({ operation, name: z.string().min(1) })).min(1),
  items: pointer,
  /** Parameter for the language of the texts, and the language (BCP 47) each of its values stands for. */
  locale: z.strictObject({ parameter: z.string(), languages: z.record(z.string(), z.string()) }).optional(),
  /** Pages have numbers. The last one links to no next page, or has fewer products than asked for. */
  paging: z
    .strictObject({
      parameter: z.string(),
      first: z.int().default(0),
      size: z.strictObject({ parameter: z.string(), usual: z.int().positive() }).optional(),
      /** Address of the next page. */
      next: pointer.optional(),
    })
    .optional(),
  members: z.strictObject({
    id: places,
    name: places,
    category: places.optional(),
    description: places.optional(),
  }),
  /** Codes of categories in words. */
  categories: z.record(z.string(), z.string().min(1)).default({}),
  rates: z.array(ratesSchema).default([]),
  /** Shares in per cent that stand in other lists of a product, as those of fees: members by their name. */
  percent: z.array(z.string().min(1)).default([]),
  /** Kinds of product the document names without a call for them. */
  withoutCall: z.array(z.string().min(1)).default([]),
})

export type ProductProfile = z.infer<typeof productProfileSchema>
export type ProductRates = ProductProfile['rates'][number]
export type Percentage = z.infer<typeof percentageSchema>
