/** Preflight of where the call goes: the clocks, and what is simulated. What the bank does not offer is refused when the call is prepared. */
import type { Rule } from './rule.ts'

/** Seconds; signatures, tokens and certificates are judged by the bank's clock. */
const tolerated = 60

const clock: Rule = ({ ahead, environment, bank }) => {
  if (ahead === null || Math.abs(ahead) <= tolerated) return null
  const sandbox = environment.kind === 'local-sandbox'
  return {
    id: 'clock-skew',
    severity: sandbox ? 'note' : 'warning',
    message: `The clock of ${bank.name} was ${Math.abs(ahead)} s ${ahead > 0 ? 'ahead of' : 'behind'} this machine in its last answer.`,
    remedy: sandbox
      ? 'The sandbox’s clock can be set back under Sandbox.'
      : 'Set the clock of this machine by a time server; if it is right, tell the bank.',
    place: { kind: 'environment', name: environment.id },
  }
}

const simulated: Rule = ({ operation, environment }) =>
  environment.kind !== 'local-sandbox' || operation.availability?.['local-sandbox'] !== 'simulated'
    ? null
    : {
        id: 'simulated',
        severity: 'note',
        message: `Simulated: the bank does not offer this. ${operation.availability.reason}`,
        place: { kind: 'environment', name: environment.id },
      }

export const environmentRules: readonly Rule[] = [clock, simulated]
