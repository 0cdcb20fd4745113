/** Answers the contract's calls about the workspace. */
import { implement } from '@orpc/server'
import { contract } from '#shared/contract/contract.ts'
import { type DoctorParts, examine } from './doctor.ts'

export function workspaceRouter(parts: DoctorParts) {
  const os = implement(contract.workspace)
  return os.router({ doctor: os.doctor.handler(() => examine(parts)) })
}
