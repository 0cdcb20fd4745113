/** States of an assumption and what it can be adjusted with, in words. */
import type { Adjustment } from '#shared/bank-environment.ts'
import type { AssumptionView } from '#shared/contract/banks.ts'
import type { Tone } from '../ui/badge.tsx'

export const stateWords: Readonly<Record<AssumptionView['state'], readonly [Tone, string]>> = {
  assumed: ['caution', 'assumed'],
  confirmed: ['good', 'confirmed'],
  differs: ['accent', 'differs'],
}

export function adjustmentWords(adjustment: Adjustment): string {
  switch (adjustment.what) {
    case 'url':
      return `URL of ${adjustment.host}`
    case 'certificate':
      return `Client certificate at ${adjustment.host}`
    case 'parameter':
      return `Parameter ${adjustment.parameter}`
    case 'path':
      return `Path of ${adjustment.operation}`
    case 'schema':
      return `Schema ${adjustment.schema}`
    case 'signing':
      return 'Signing'
  }
}
