/** What of a tenant's state at the simulated Salt Edge a saved state holds: its consents. */
import { z } from 'zod'
import { savedRecords } from '#sandbox/state/saved-part.ts'
import { type Consent, consentsOf, saltEdgeStateOf } from './salt-edge-state.ts'

const at = z.number().nullable()
const text = z.string().max(2000)

const consentSchema = z.strictObject({
  id: text,
  authorisationId: text,
  provider: text,
  content: z.looseObject({ account: z.looseObject({}) }),
  psuId: text.nullable(),
  redirectUri: text.nullable(),
  createdAt: z.number(),
  openedAt: at,
  decisions: z.array(z.strictObject({ psuId: text, approves: z.boolean(), at: z.number() })).max(100),
  revokedAt: at,
  endedAt: at,
})

const schema = z.strictObject({ consents: z.record(text, consentSchema) })

export const savedSaltEdgePart = savedRecords(
  schema,
  (tenant) => ({ consents: consentsOf(tenant) }) as unknown as z.output<typeof schema>,
  (tenant, { consents }) => {
    saltEdgeStateOf(tenant).consents = consents as Record<string, Consent>
  },
)
