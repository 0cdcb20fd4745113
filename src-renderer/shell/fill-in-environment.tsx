/** The way from a call that has no address to the field where its host's URL is filled in. */
import type { Fault } from '#shared/fault.ts'
import { useApp } from '../app-state.ts'
import { openEnvironment } from '../open.ts'
import { Button } from '../ui/button.tsx'

const textOr = (value: unknown, other: string): string => (typeof value === 'string' ? value : other)

/** @param fault ENVIRONMENT_INCOMPLETE; what it does not name is what calls go to now. */
export function FillInEnvironment({ fault }: { readonly fault: Fault }) {
  const app = useApp()
  const { bank, environment, host } = fault.details
  const field = typeof host === 'string' ? `urls.${host}` : undefined
  return (
    <Button onClick={() => openEnvironment(textOr(bank, app.bank), textOr(environment, app.environment), field)}>
      Fill it in
    </Button>
  )
}
