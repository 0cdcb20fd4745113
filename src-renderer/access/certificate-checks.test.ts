import { expect, test } from 'vitest'
import { toldChecks } from './certificate-checks.ts'

const finding = (id: string, severity: 'error' | 'warning', kind: 'identity' | 'body' = 'identity') => ({
  id,
  severity,
  message: `About ${id}.`,
  remedy: 'Do this.',
  place: { kind, name: null },
})

test('of what the preflight says, the certificate’s own stands, once', () => {
  const told = toldChecks([
    finding('certificate-role', 'error'),
    finding('certificate-chain', 'warning'),
    finding('certificate-kind', 'warning'),
    finding('body-invalid', 'error', 'body'),
  ])
  expect(told).toEqual([
    { id: 'told certificate-role', state: 'bad', sentence: 'About certificate-role. Do this.' },
    { id: 'told certificate-chain', state: 'caution', sentence: 'About certificate-chain. Do this.' },
  ])
})
