/** PSD2 roles in words (ETSI TS 119 495 section 5.1). */
import type { Role } from '#shared/contract/keys.ts'

export const roleWords: Readonly<Record<Role, string>> = {
  PSP_AS: 'account servicing',
  PSP_PI: 'payment initiation',
  PSP_AI: 'account information',
  PSP_IC: 'card-based payment instruments',
}
