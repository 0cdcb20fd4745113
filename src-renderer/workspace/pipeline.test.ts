import { expect, test } from 'vitest'
import { pipeline, type Standing } from './pipeline.ts'

const now = Date.parse('2026-11-21T12:00:00Z')
const after = (seconds: number) => new Date(now + seconds * 1000).toISOString()

const nothing = {
  bank: {
    id: 'any',
    name: 'Any Bank',
    hosts: [{ id: 'resource', description: '', clientCertificate: 'QWAC', browser: false }],
    scopes: [
      { scope: 'basket:{id}', roles: [], purpose: '' },
      { scope: 'account', roles: [], purpose: '' },
    ],
    registration: { operation: 'register', portalSteps: [] },
    unattended: null,
  },
  environment: { id: 'sandbox', name: 'Local sandbox', kind: 'local-sandbox', ready: true },
  identities: [],
  identity: null,
  registration: null,
  grants: [],
  reading: { id: 'accounts', method: 'GET', path: '/Accounts', tags: ['Accounts'], scope: 'account', parameters: [] },
  lastRead: null,
  now,
} as unknown as Standing

const identity = {
  id: 'i',
  name: 'acme',
  kind: 'QWAC',
  organizationIdentifier: 'PSDSE-FINA-5560123456',
  notBefore: after(-86_400),
  notAfter: after(90 * 86_400),
} as Standing['identity'] & object
const withIdentity: Standing = { ...nothing, identities: [identity], identity }
const registration = { clientId: 'PSDSE-FINA-5560123456', registeredAt: after(-60) } as Standing['registration']
const grant = {
  id: 'g',
  scope: 'account',
  customer: '1972••••',
  accessTokenExpiresAt: after(500),
  refreshable: true,
  refreshTokenExpiresAt: after(86_400),
} as Standing['grants'][number]

const states = (standing: Standing) => pipeline(standing).map(({ state }) => state)
const action = (standing: Standing) => pipeline(standing).find(({ state }) => state !== 'done')?.action

test('each step follows from what is really there, and one is next at most', () => {
  expect(states(nothing)).toEqual(['next', 'later', 'later', 'later'])
  expect(action(nothing)).toMatchObject({ kind: 'order' })
  expect(states(withIdentity)).toEqual(['done', 'next', 'later', 'later'])
  expect(action(withIdentity)).toEqual({ kind: 'register', label: 'Register with Any Bank' })
  expect(action({ ...withIdentity, registration })).toMatchObject({ kind: 'authorise', scope: 'account' })
  const granted = { ...withIdentity, registration, grants: [grant] }
  expect(action(granted)).toMatchObject({ kind: 'read', label: 'Read accounts', grant: 'g', operation: 'accounts' })
})

test('a spent token is refreshed, a grant that is over is asked for anew', () => {
  const over = { ...grant, accessTokenExpiresAt: after(-1) }
  expect(action({ ...withIdentity, registration, grants: [over] })).toMatchObject({ kind: 'refresh', grant: 'g' })
  const lost = { ...over, refreshTokenExpiresAt: after(-1) }
  expect(states({ ...withIdentity, registration, grants: [lost] })).toEqual(['done', 'done', 'problem', 'later'])
})

test('where a customer gives no scope the next step is a consent, or nothing where each payment is signed', () => {
  const consent = {
    id: 'c',
    kind: 'consent',
    bank: 'any',
    environment: 'sandbox',
    resource: 'C-1',
    status: 'received',
    meaning: null,
    final: false,
    createdAt: after(-60),
    validUntil: '2026-12-31',
    replacedBy: null,
  } as unknown as Standing['remembered'][number]
  const resources = [{ kind: 'consent', create: 'ask', active: 'valid' }] as unknown as Standing['bank']['resources']
  const bank = {
    ...nothing.bank,
    scopes: [],
    registration: null,
    resources,
    statuses: {},
    flow: 'redirect-link' as const,
  }
  const at: Standing = {
    ...withIdentity,
    bank: { ...bank, accounts: null, applications: null, fundsConfirmation: null },
    reading: null,
    remembered: [],
  }
  expect(action(at)).toEqual({ kind: 'ask', label: 'Ask for a consent' })
  expect(action({ ...at, remembered: [consent] })).toMatchObject({ kind: 'consent', consent: 'c' })
  const valid = { ...consent, status: 'valid' }
  expect(action({ ...at, remembered: [valid] })).toMatchObject({ kind: 'show', view: 'requests' })
  const over = { ...valid, validUntil: '2026-11-20' }
  expect(action({ ...at, remembered: [over, { ...valid, final: true }] })).toMatchObject({ kind: 'ask' })
  const tokens: Standing = { ...at, bank: { ...at.bank, flow: 'oauth-sca' }, remembered: [valid] }
  expect(states(tokens)).toEqual(['done', 'done', 'problem', 'later'])
  const payments = [{ kind: 'payment', create: 'pay' }] as unknown as typeof resources
  expect(action({ ...at, bank: { ...at.bank, resources: payments } })).toMatchObject({ view: 'payments' })
})

test('an expired certificate, or one of the wrong kind, is a problem of the first step', () => {
  for (const broken of [
    { ...identity, notAfter: after(-1) },
    { ...identity, kind: 'QSEAL' as const },
  ])
    expect(states({ ...withIdentity, identity: broken })).toEqual(['problem', 'later', 'later', 'later'])
})

test('in production no step is done with one click: a person goes to the view first', () => {
  const environment = { ...nothing.environment, kind: 'production' as const }
  expect(action({ ...nothing, environment })).toMatchObject({ kind: 'show', view: 'keys' })
  expect(action({ ...withIdentity, environment })).toMatchObject({ kind: 'show', view: 'registration' })
  expect(action({ ...withIdentity, environment, registration, grants: [grant] })).toMatchObject({ kind: 'open' })
})
