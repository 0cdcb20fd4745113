/** A small bank over TLS and the access area around it: real client certificates, the real send path, the real callback listener. */
import { createPublicKey, sign, X509Certificate } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, request as httpsRequest } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSecureContext, type TLSSocket } from 'node:tls'
import { type AccessBooks, openAccessBooks } from '#core/access/access-books.ts'
import type { ConsentParts } from '#core/access/authorise-consent.ts'
import { chooseGrant } from '#core/access/choose-grant.ts'
import { createWitness } from '#core/access/witness.ts'
import { createBankShelf } from '#core/banks/bank-shelf.ts'
import { createTransport } from '#core/http/transport.ts'
import { preflight } from '#core/requests/preflight/preflight.ts'
import type { SendingIdentity } from '#core/requests/prepared.ts'
import { type SendParts, send } from '#core/requests/send.ts'
import type { SecretStore } from '#core/secrets/secret-store.ts'
import type { Exchange } from '#shared/contract/exchange.ts'
import { type Draft, type DraftInput, draftSchema } from '#shared/contract/requests.ts'
import { Fault } from '#shared/fault.ts'
import { type Credential, createTestAuthority } from '../pki/test-authority.ts'

export { preflight }

export interface Received {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: string
  readonly form: URLSearchParams
  /** Of the client, lower-case hexadecimal; null where it showed none. */
  readonly certificate: string | null
  readonly at: number
}

export interface Reply {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export type Answers = (request: Received) => Reply | Promise<Reply>

/** Secrets as files, so that another process finds them again after this one was killed. */
export function fileSecrets(folder: string): SecretStore {
  const fileOf = (id: string) => join(folder, id)
  return {
    kind: 'vault',
    get: (id) => readFile(fileOf(id)).catch(() => null),
    async set(id, secret) {
      await mkdir(folder, { recursive: true })
      await writeFile(fileOf(id), secret)
    },
    delete: (id) =>
      rm(fileOf(id)).then(
        () => true,
        () => false,
      ),
    probe: () => Promise.resolve({ state: 'ready', name: 'files', message: 'ready', remedy: null }),
    lock: () => {},
  }
}

/** What both the test and a process of its own make their parts of. */
export interface BenchPlace {
  readonly data: string
  readonly shelf: string
  readonly origin: string
  readonly ca: string
  readonly client: Pick<Credential, 'cert' | 'key' | 'sha256'>
}

export const benchIdentity = (sha256: string): SendingIdentity => ({
  id: 'abcdefgh',
  name: 'test',
  kind: 'QWAC',
  subject: 'CN=tpp',
  organizationIdentifier: 'PSDSE-FINA-00001',
  roles: [],
  notBefore: '2020-01-01T00:00:00.000Z',
  notAfter: '2050-01-01T00:00:00.000Z',
  sha256,
})

export interface Bench {
  readonly parts: ConsentParts & AccessBooks
  readonly sendParts: SendParts
  readonly secrets: SecretStore
  readonly exchanges: Exchange[]
  call(draft: DraftInput): Promise<Exchange>
  close(): Promise<void>
}

/** The access area over one data folder. */
export function openBench(place: BenchPlace, change: Partial<ConsentParts> = {}): Bench {
  const { client, ca, origin } = place
  const root = join(import.meta.dirname, '..', '..')
  const banks = createBankShelf({
    shipped: join(root, 'resources', 'banks'),
    user: join(place.shelf, 'user'),
    cache: join(place.shelf, 'cache'),
  })
  const transport = createTransport()
  const secrets = fileSecrets(join(place.data, 'secrets'))
  const books = openAccessBooks(place.data, secrets)
  const exchanges: Exchange[] = []
  const certificate = new X509Certificate(client.cert)
  const sendParts: SendParts = {
    banks,
    endpoints: async (bank) => ({
      urls: Object.fromEntries(Object.keys(bank.profile.hosts).map((host) => [host, origin])),
      ca: [ca],
    }),
    identity: async () => benchIdentity(client.sha256),
    grant: (wish) => chooseGrant(books.book, wish, { used: (id) => books.unattended.used(id, sendParts.now()) }),
    connection: async () => ({
      id: 'abcdefgh',
      secureContext: createSecureContext({ ca, cert: client.cert, key: client.key }),
      clientCertificate: { sha256: client.sha256, subject: 'CN=tpp' },
    }),
    transport,
    signer: async () => ({
      algorithm: createPublicKey(client.cert).asymmetricKeyType === 'rsa' ? 'RSA' : 'EC',
      curve: 'P-256',
      sign: async (hash, data) => sign(hash, data, client.key),
      certificatePem: client.cert,
      issuer: [[{ oid: '2.5.4.3', value: 'Test CA', der: Buffer.from('0c0754657374204341', 'hex') }]],
      serial: certificate.serialNumber,
    }),
    record: async (exchange) => void exchanges.push(exchange),
    witness: createWitness({ ...books, now: () => sendParts.now(), changed: () => {} }),
    now: Date.now,
  }
  const parts: ConsentParts & AccessBooks = {
    ...books,
    banks,
    endpoints: sendParts.endpoints,
    identity: sendParts.identity,
    send(draft, signal, at) {
      if (at === undefined) return send(draft, sendParts, signal)
      return send(
        draft,
        { ...sendParts, banks: { at: async () => at.bank }, endpoints: async () => at.endpoints },
        signal,
      )
    },
    now: () => sendParts.now(),
    openInBrowser: async () => false,
    sandboxCustomer: async () => ({}),
    clickAsCustomer: async () => undefined,
    ...change,
  }
  return {
    parts,
    sendParts,
    secrets,
    exchanges,
    call: async (draft) => (await parts.send(draftSchema.parse(draft))).exchange,
    close: () => transport.close(),
  }
}

export interface TestBank extends BenchPlace {
  readonly received: Received[]
  answer: Answers
  close(): Promise<void>
}

const text = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value.join(', ') : value

/** A bank on a free port. It asks for a client certificate and takes callers without one too, as a browser is. */
export async function startTestBank(): Promise<TestBank> {
  const authority = await createTestAuthority()
  const [client, server] = [await authority.leaf({ name: 'tpp', key: 'RSA' }), await authority.leaf({ name: 'bank' })]
  const shelf = await mkdtemp(join(tmpdir(), 'tpp-bench-shelf-'))
  const data = await mkdtemp(join(tmpdir(), 'tpp-bench-'))
  const received: Received[] = []
  const options = {
    cert: server.cert,
    key: server.key,
    ca: authority.ca,
    requestCert: true,
    rejectUnauthorized: false,
  }
  const listener = createServer(options, (request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk
    })
    request.on('end', () => {
      const certificate = (request.socket as TLSSocket).getPeerX509Certificate()
      const one: Received = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, text(value)])),
        body,
        form: new URLSearchParams(body),
        certificate: certificate?.fingerprint256.replaceAll(':', '').toLowerCase() ?? null,
        at: performance.now(),
      }
      received.push(one)
      void Promise.resolve(bank.answer(one)).then((reply) => {
        const json = reply.body === undefined ? undefined : JSON.stringify(reply.body)
        response.writeHead(reply.status, { 'Content-Type': 'application/json', ...reply.headers }).end(json)
      })
    })
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const bank: TestBank = {
    data,
    shelf,
    origin: `https://127.0.0.1:${(listener.address() as AddressInfo).port}`,
    ca: authority.ca,
    client,
    received,
    answer: () => ({ status: 500, body: {} }),
    async close() {
      listener.closeAllConnections()
      listener.close()
      await rm(shelf, { recursive: true, force: true })
      await rm(data, { recursive: true, force: true })
    },
  }
  return bank
}

/** A customer's browser: follows redirects, shows no certificate, and ends on the callback's page. */
export async function browse(url: string, ca: string): Promise<{ status: number; url: string; text: string }> {
  let at = url
  for (let hops = 0; hops < 10; hops++) {
    if (at.startsWith('http:')) {
      const page = await fetch(at, { redirect: 'manual' })
      return { status: page.status, url: at, text: await page.text() }
    }
    const page = await new Promise<{ status: number; location: string | undefined; text: string }>(
      (resolve, reject) => {
        const call = httpsRequest(at, { ca, agent: false }, (response) => {
          let body = ''
          response.setEncoding('utf8').on('data', (chunk: string) => {
            body += chunk
          })
          response.on('end', () =>
            resolve({ status: response.statusCode ?? 0, location: response.headers.location, text: body }),
          )
        })
        call.on('error', reject).end()
      },
    )
    if (page.location === undefined) return { status: page.status, url: at, text: page.text }
    at = new URL(page.location, at).href
  }
  throw new Error('too many redirects')
}

/** Every byte below a folder but the secrets. */
export async function everything(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((each) => each.isFile() && !each.parentPath.endsWith('secrets'))
  return (await Promise.all(files.map((each) => readFile(join(each.parentPath, each.name), 'latin1')))).join('\n')
}

/** The fault a promise ends with. */
export async function faultOf(work: Promise<unknown>): Promise<Fault> {
  const fault: unknown = await work.then(
    () => null,
    (error: unknown) => error,
  )
  if (fault instanceof Fault) return fault
  throw new Error('no fault came', { cause: fault })
}

export type { Draft }
