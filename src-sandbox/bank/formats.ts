/** Teaches ajv the formats that OpenAPI documents use (`uuid`, `date`, `uri` …); without it they are ignored. */
import addFormats from 'ajv-formats'
import type { AjvCustomizer } from 'openapi-backend/validation.js'

// CommonJS: depending on who loads it, the import is the function or an object that holds it.
const install = (addFormats as unknown as { default?: typeof addFormats.default }).default ?? addFormats

export const withFormats: AjvCustomizer = (ajv) => {
  ;(install as (target: typeof ajv) => unknown)(ajv)
  return ajv
}
