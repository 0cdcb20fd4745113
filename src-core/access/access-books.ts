/** Opens everything the access area keeps over one data folder; nothing is read yet. */
import { join } from 'node:path'
import type { SecretStore } from '../secrets/secret-store.ts'
import { type CallbackAuthority, createCallbackAuthority } from './callback-authority.ts'
import { type ChallengeMemory, createChallengeMemory } from './challenge-memory.ts'
import { createFlowBook, type FlowBook } from './flow-book.ts'
import { createGrantBook, type GrantBook } from './grant-book.ts'
import { createRegistrations, type Registrations } from './registrations.ts'
import { createResourceBook, type ResourceBook } from './resource-book.ts'
import { createRunningFlows, type RunningFlows } from './running-flows.ts'
import { createUnattendedCount, type UnattendedCount } from './unattended-count.ts'

export interface AccessBooks {
  readonly registrations: Registrations
  readonly book: GrantBook
  readonly flows: FlowBook
  readonly resources: ResourceBook
  readonly unattended: UnattendedCount
  readonly authority: CallbackAuthority
  readonly running: RunningFlows
  readonly challenges: ChallengeMemory
}

export function openAccessBooks(dataFolder: string, secrets: SecretStore): AccessBooks {
  const at = (name: string) => join(dataFolder, name)
  return {
    registrations: createRegistrations(at('registrations')),
    book: createGrantBook(at('grants'), secrets),
    flows: createFlowBook(at('flows'), secrets),
    resources: createResourceBook(at('consents'), secrets),
    unattended: createUnattendedCount(at('unattended')),
    authority: createCallbackAuthority(dataFolder, secrets),
    running: createRunningFlows(),
    challenges: createChallengeMemory(),
  }
}
