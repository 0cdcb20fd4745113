import { readFile } from 'node:fs/promises'
import type { EnvironmentOverride } from '#shared/bank-environment.ts'
import type { EnvironmentDetail } from '#shared/contract/banks.ts'
import { Fault } from '#shared/fault.ts'
import { type Arguments, assignments, type Command, positionals } from '../command.ts'
import { table } from '../print/table.ts'
import { changedProxy, proxyOptions, proxyWords, readProxyPassword, setsProxy } from './environment-proxy.ts'

/** What the options add to what was set before. */
function changed({ override: before, proxy }: EnvironmentDetail, given: Arguments): EnvironmentOverride {
  const pairs = (option: string, what: string) => assignments(given.texts(option), what)
  const parameters = { ...before.parameters }
  const put = (key: string, change: { name?: string; value?: string }): void => {
    parameters[key] = { ...parameters[key], ...change }
  }
  for (const [key, name] of Object.entries(pairs('name', '--name'))) put(key, { name })
  for (const [key, value] of Object.entries(pairs('value', '--value'))) put(key, { value })
  const said = Object.entries(pairs('assumption', '--assumption')).map(([id, text]) => [
    id,
    text === 'confirmed' ? { state: 'confirmed' } : { state: 'differs', instead: text },
  ])
  const identity = given.text('identity')
  return {
    ...before,
    urls: { ...before.urls, ...pairs('url', '--url') },
    certificates: { ...before.certificates, ...pairs('certificate', '--certificate') } as never,
    paths: { ...before.paths, ...pairs('path', '--path') },
    parameters,
    assumptions: { ...before.assumptions, ...Object.fromEntries(said) },
    ...changedProxy(before.proxy, proxy, given),
    ...(identity === undefined ? {} : { identity }),
  }
}

const settingOptions = ['url', 'certificate', 'name', 'value', 'path', 'assumption'] as const

async function readOverride(file: string): Promise<EnvironmentOverride> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Fault('FILE_UNREADABLE', `${file} could not be read.`, { file }, cause)
  })
  try {
    return JSON.parse(text) as EnvironmentOverride
  } catch (cause) {
    throw new Fault('INPUT_INVALID', `${file} is not JSON.`, { file }, cause)
  }
}

const words = {
  document: "bank's document",
  yours: 'set by you',
  sandbox: 'running sandbox',
  none: 'nobody yet',
} as const

function inWords(detail: EnvironmentDetail): string {
  const hosts = detail.hosts.map(({ id, url, urlFrom, clientCertificate, browser }) => [
    id,
    url === '' ? '(no URL)' : url,
    words[urlFrom],
    browser ? 'opened in the browser' : clientCertificate === 'none' ? 'no client certificate' : 'QWAC',
  ])
  const said = detail.assumptions.filter(({ state }) => state !== 'assumed')
  const open = detail.assumptions.length - said.length
  return [
    `${detail.bank}, ${detail.name} (${detail.id}): ${detail.ready ? 'ready' : 'not ready'}`,
    ...(detail.note === null ? [] : [detail.note]),
    '',
    table(['HOST', 'URL', 'FROM', 'CONNECTION'], hosts),
    '',
    `Signing: ${detail.signing.scheme} (${words[detail.signingFrom]}). Identity: ${detail.override.identity ?? 'as chosen per call'}.`,
    ...proxyWords(detail),
    ...Object.entries(detail.override.parameters).map(([key, change]) => `Parameter ${key}: ${JSON.stringify(change)}`),
    ...Object.entries(detail.override.paths).map(([operation, path]) => `Path of ${operation}: ${path}`),
    ...said.map(
      ({ id, state, instead }) => `Assumption ${id}: ${state === 'confirmed' ? 'confirmed' : `differs: ${instead}`}`,
    ),
    `${open} assumptions stand as the workbench made them (--json lists them with their reasons).`,
  ].join('\n')
}

/** `tpp environment <bank> <environment>`: where a bank's hosts are and what differs there. */
export const environment: Command = {
  summary:
    "Show or set one environment of a bank: URLs, lost names, values, paths, assumptions; the bank's folder stays as it is",
  usage: ['environment <bank> <environment>'],
  options: {
    url: {
      type: 'string',
      multiple: true,
      value: 'HOST=URL',
      description: 'Base URL of a host (empty: as in the folder)',
    },
    certificate: {
      type: 'string',
      multiple: true,
      value: 'HOST=QWAC|none',
      description: 'Whether a host asks for a client certificate',
    },
    name: { type: 'string', multiple: true, value: '"IN NAME"=NAME', description: 'Name of a parameter on the wire' },
    value: {
      type: 'string',
      multiple: true,
      value: '"IN NAME"=VALUE',
      description: 'Value of a parameter that a call leaves out',
    },
    path: {
      type: 'string',
      multiple: true,
      value: 'OPERATION=PATH',
      description: 'Path of an operation, same placeholders',
    },
    assumption: {
      type: 'string',
      multiple: true,
      value: 'ID=confirmed|TEXT',
      description: 'What is true of an assumption here',
    },
    identity: { type: 'string', value: 'NAME', description: 'Identity of calls that name none' },
    ...proxyOptions,
    from: {
      type: 'string',
      value: 'FILE',
      description: 'Replace everything by a JSON document (its form: "override" of --json)',
    },
    reset: { type: 'boolean', description: "Back to what the bank's folder says" },
  },
  examples: [
    'environment ica-banken production --url resource=https://api.bank.example/v1',
    'environment sparebank1 production --name "query allowDuplicates"=duplicates',
    'environment salt-edge production --value "path provider_code"=fakebank_simple_xf',
    'environment ica-banken production --proxy http://proxy.example:3128 --proxy-user tpp --proxy-password-file -',
  ],
  async run(context) {
    const { bank, environment: id } = positionals(context, environment, 'bank', 'environment')
    const { banks } = await context.client()
    const given = context.arguments
    const target = { bank, environment: id }
    const file = given.text('from')
    const password = await readProxyPassword(given)
    const sets =
      settingOptions.some((option) => given.texts(option).length > 0) ||
      given.text('identity') !== undefined ||
      setsProxy(given) ||
      password.proxyPassword !== undefined
    if (given.flag('reset') && (sets || file !== undefined))
      throw new Fault('USAGE', '--reset goes alone: first reset, then set.', { option: 'reset' })
    const options = { signal: context.signal }
    let detail: EnvironmentDetail
    if (given.flag('reset')) detail = await banks.resetEnvironment(target, options)
    else if (file !== undefined)
      detail = await banks.setEnvironment({ ...target, override: await readOverride(file), ...password }, options)
    else {
      detail = await banks.environment(target, options)
      if (sets)
        detail = await banks.setEnvironment({ ...target, override: changed(detail, given), ...password }, options)
    }
    return { document: detail, text: inWords(detail) }
  },
}
