/** What newman and Bruno's terminal program are told to make the same mutual-TLS calls as the bare script. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { BareTpp } from '../sandbox-client.ts'

const require = createRequire(import.meta.url)

/** The program behind a package's command. */
function programOf(name: string, command: string): string {
  const file = require.resolve(`${name}/package.json`)
  const { bin } = JSON.parse(readFileSync(file, 'utf8')) as { bin: Record<string, string> }
  return join(dirname(file), bin[command]!)
}

const customer = { 'PSU-IP-Address': '192.0.2.7' }

function newman({ folder, accountsUrl }: BareTpp, place: string, times: number, token: string): string[] {
  const file = join(place, 'newman.json')
  const header = Object.entries({ ...customer, Authorization: `Bearer ${token}` }).map(([key, value]) => ({
    key,
    value,
  }))
  const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json'
  const item = [{ name: 'accounts', request: { method: 'GET', url: accountsUrl, header } }]
  writeFileSync(file, JSON.stringify({ info: { name: 'bench', schema }, item }))
  const at = (name: string) => join(folder, name)
  const tls = [
    '--ssl-client-cert',
    at('cert.pem'),
    '--ssl-client-key',
    at('key.pem'),
    '--ssl-extra-ca-certs',
    at('ca.pem'),
  ]
  return [programOf('newman', 'newman'), 'run', file, '-n', `${times}`, '--silent', '--bail', ...tls]
}

function bruno({ folder, accountsUrl }: BareTpp, place: string, times: number, token: string): string[] {
  const at = (name: string) => join(folder, name)
  const collection = join(place, 'bruno')
  mkdirSync(collection, { recursive: true })
  writeFileSync(join(collection, 'bruno.json'), JSON.stringify({ version: '1', name: 'bench', type: 'collection' }))
  const headers = Object.entries({ ...customer, Authorization: `Bearer ${token}` })
  const lines = headers.map(([name, value]) => `  ${name}: ${value}`).join('\n')
  const request = `get {\n  url: ${accountsUrl}\n  body: none\n  auth: none\n}\n`
  writeFileSync(
    join(collection, 'accounts.bru'),
    `meta {\n  name: accounts\n  type: http\n  seq: 1\n}\n\n${request}\nheaders {\n${lines}\n}\n`,
  )
  const { hostname: domain } = new URL(accountsUrl)
  const certificate = { domain, type: 'cert', certFilePath: at('cert.pem'), keyFilePath: at('key.pem') }
  const certificates = join(place, 'certificates.json')
  writeFileSync(certificates, JSON.stringify({ enabled: true, certs: [certificate] }))
  const program = join(import.meta.dirname, 'run-bruno.mjs')
  const tls = ['--cacert', at('ca.pem'), '--client-cert-config', certificates]
  return [program, programOf('@usebruno/cli', 'bru'), collection, '--iteration-count', `${times}`, '--bail', ...tls]
}

/** Arguments for Node, by name. @param place folder for what they read; made here */
export function peerRuns(bare: BareTpp, place: string, times: number): Record<string, string[]> {
  mkdirSync(place)
  const token = readFileSync(join(bare.folder, 'token'), 'utf8')
  return { newman: newman(bare, place, times, token), bruno: bruno(bare, place, times, token) }
}
