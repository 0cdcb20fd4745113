import { expect, it } from 'vitest'
import { commandOf, type Remedy } from './remedy.ts'

const at = { bank: 'b', environment: 'sandbox' }

it.each<[Remedy, string]>([
  [{ action: 'refresh-grant', label: 'x', target: { grant: 'g-1' } }, 'tpp access refresh g-1'],
  [
    { action: 'authorise-scope', label: 'x', target: { ...at, scope: 'account' } },
    'tpp access authorise b --scope account',
  ],
  [
    { action: 'authorise-scope', label: 'x', target: { bank: 'b', environment: 'production', scope: "a b'" } },
    "tpp access authorise b --scope 'a b'\\''' --environment production",
  ],
  [{ action: 'enter-token', label: 'x', target: { ...at, scope: null } }, 'tpp access enter b --token-file FILE'],
  [
    { action: 'set-parameter', label: 'x', target: { ...at, operation: 'o', name: 'PageSize', value: '1000' } },
    'PageSize=1000',
  ],
  [{ action: 'register', label: 'x', target: at }, 'tpp register b'],
  [{ action: 'fill-in-environment', label: 'x', target: { ...at, field: null } }, 'tpp environment b sandbox'],
])('%o is done by a command', (remedy, command) => expect(commandOf(remedy)).toBe(command))
