/** A TPP without the workbench: gets its certificates and token from the sandbox with plain Node, so that a bare script has what it needs. */
import { execFileSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { Agent, request } from 'undici'

interface Running {
  readonly control: string
  readonly token: string
  readonly ca: string
  readonly banks: { id: string; urls: Record<string, string> }[]
}

export interface BareTpp {
  /** Folder with cert.pem, key.pem, ca.pem, token; what `bare-undici.mjs` reads. */
  readonly folder: string
  readonly accountsUrl: string
}

const organisation = 'PSDSE-FINA-5560002222'

/** Extensions of the request as openssl wants them: QCStatements by hand (ETSI TS 119 495 section 5.1, PSP_AI and PSP_PI). */
function requestConfiguration(): string {
  return `[req]
distinguished_name=dn
req_extensions=ext
prompt=no
string_mask=utf8only
[dn]
C=SE
O=Bench AB
organizationIdentifier=${organisation}
CN=bench.example
[ext]
1.3.6.1.5.5.7.1.3=ASN1:SEQUENCE:statements
[statements]
psd2=SEQUENCE:psd2
[psd2]
id=OID:0.4.0.19495.2
info=SEQUENCE:info
[info]
roles=SEQUENCE:roles
name=UTF8:Swedish Financial Supervisory Authority
nca=UTF8:SE-FINA
[roles]
ai=SEQUENCE:ai
pi=SEQUENCE:pi
[ai]
id=OID:0.4.0.19495.1.3
name=UTF8:PSP_AI
[pi]
id=OID:0.4.0.19495.1.2
name=UTF8:PSP_PI
`
}

type Control = (path: string, body: unknown) => Promise<Record<string, unknown>>

function controlOf(running: Running): Control {
  return async (path, body) => {
    const answer = await request(running.control + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${running.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return (await answer.body.json()) as Record<string, unknown>
  }
}

const readRunning = (sandboxHome: string): Running =>
  JSON.parse(readFileSync(join(sandboxHome, 'running.json'), 'utf8')) as Running

/** Writes cert.pem, key.pem and ca.pem into the folder. */
async function orderCertificate(running: Running, folder: string, kind: 'QWAC' | 'QSEAL'): Promise<void> {
  const at = (name: string) => join(folder, name)
  writeFileSync(at('req.cnf'), requestConfiguration())
  const key = ['-newkey', 'rsa:2048', '-nodes', '-keyout', at('key.pem')]
  execFileSync('openssl', ['req', '-new', ...key, '-out', at('req.pem'), '-config', at('req.cnf')], { stdio: 'pipe' })
  const csr = readFileSync(at('req.pem'), 'utf8')
  const issued = await controlOf(running)('/qtsp/certificates', { csr, kind })
  const { certificate, chain } = issued as unknown as { certificate: string; chain: string[] }
  writeFileSync(at('cert.pem'), [certificate, ...chain].join('\n'))
  writeFileSync(at('ca.pem'), readFileSync(running.ca))
}

/** The same for signed calls: cert.pem, key.pem and ca.pem for `bare-signed.mjs`. @returns Salt Edge's base URL */
export async function makeBareSigner(sandboxHome: string, folder: string): Promise<string> {
  const running = readRunning(sandboxHome)
  await orderCertificate(running, folder, 'QSEAL')
  return running.banks.find((bank) => bank.id === 'salt-edge')!.urls.api!
}

export async function makeBareTpp(sandboxHome: string, folder: string, ssn: string): Promise<BareTpp> {
  const running = readRunning(sandboxHome)
  const at = (name: string) => join(folder, name)
  await orderCertificate(running, folder, 'QWAC')
  const control = controlOf(running)
  const urls = running.banks.find((bank) => bank.id === 'ica-banken')!.urls
  const dispatcher = new Agent({
    connect: { cert: readFileSync(at('cert.pem')), key: readFileSync(at('key.pem')), ca: readFileSync(at('ca.pem')) },
  })
  writeFileSync(at('token'), await obtainToken(urls, control, dispatcher, ssn))
  await dispatcher.close()
  return { folder, accountsUrl: `${urls.resource}/Accounts` }
}

async function obtainToken(
  urls: Record<string, string>,
  control: (path: string, body: unknown) => Promise<unknown>,
  dispatcher: Agent,
  ssn: string,
): Promise<string> {
  let code = ''
  const listener = createServer((incoming, response) => {
    code = new URL(incoming.url ?? '/', 'http://127.0.0.1').searchParams.get('code') ?? ''
    response.end('ok')
  })
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve))
  const redirectUri = `http://127.0.0.1:${(listener.address() as { port: number }).port}/cb`
  await request(`${urls.registration}/t/icabanken.tenant/mtls_client/2.0.0/client`, {
    method: 'POST',
    dispatcher,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ oid: organisation, callbackUri: [redirectUri] }),
  })
  const verifier = randomBytes(32).toString('base64url')
  const authorise = new URL(`${urls.authorize}/oauth/v2/authorize`)
  const query = {
    response_type: 'code',
    client_id: organisation,
    scope: 'account',
    redirect_uri: redirectUri,
    state: 's',
    ssn,
  }
  for (const [name, value] of Object.entries(query)) authorise.searchParams.set(name, value)
  authorise.searchParams.set('code_challenge', createHash('sha256').update(verifier).digest('base64url'))
  authorise.searchParams.set('code_challenge_method', 'S256')
  await control('/banks/ica-banken/psu', { url: authorise.href, psu: 'Anna Andersson' })
  listener.close()
  const form = new URLSearchParams({
    grant_type: 'authorization_code',
    client_id: organisation,
    code,
    redirect_uri: redirectUri,
    code_verifier: verifier,
  })
  const answer = await request(`${urls.token}/oauth/v2/mtls-token`, {
    method: 'POST',
    dispatcher,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
  })
  return ((await answer.body.json()) as { access_token: string }).access_token
}
