/** A sandbox of Bank of Georgia with as many TPPs as a test file wants; each is a tenant of its own. */
import type { CertificateOrder } from '#shared/sandbox-protocol.ts'
import { type BogTpp, bogBank, bogTpp } from './bog-tpp.ts'
import { documentedAnswers } from './documented-answers.ts'
import { makeRequest, type RequestOptions, type TestRole } from './psd2-request.ts'
import { removeHome, type SandboxProcess, startSandbox } from './sandbox-process.ts'
import { type TestControl, type TestIdentity, testControl } from './test-control.ts'

export interface BogBench {
  readonly sandbox: SandboxProcess
  readonly control: TestControl
  /** @param request what the certificate is to say. */
  order(
    organizationIdentifier: string,
    order?: Partial<CertificateOrder>,
    request?: Pick<RequestOptions, 'roles' | 'algorithm'>,
  ): Promise<TestIdentity>
  open(identity: TestIdentity | null): BogTpp
  /** A TPP of its own tenant. */
  tpp(order?: Partial<CertificateOrder>, roles?: readonly TestRole[]): Promise<BogTpp>
  newName(): string
  close(): Promise<void>
}

let organisations = 0

export async function openBogBench(): Promise<BogBench> {
  const sandbox = await startSandbox(undefined, ['--bank', bogBank])
  const control = testControl(sandbox.running)
  const site = { running: sandbox.running, control, documented: await documentedAnswers(bogBank) }
  const opened: BogTpp[] = []
  const open: BogBench['open'] = (identity) => {
    const made = bogTpp(site, identity)
    opened.push(made)
    return made
  }
  const newName: BogBench['newName'] = () => {
    organisations += 1
    return `PSDGE-NBG-${organisations}`
  }
  const order: BogBench['order'] = async (organizationIdentifier, wanted = {}, request = {}) => {
    const { key, csr } = await makeRequest({ organizationIdentifier, ...request })
    const { status, json } = await control.send('POST', '/qtsp/certificates', { csr, kind: 'QWAC', ...wanted })
    if (status !== 201) throw new Error(JSON.stringify(json))
    const { certificate, chain } = json as { certificate: string; chain: string[] }
    return { organizationIdentifier, key, certificate: [certificate, ...chain].join('\n') }
  }
  return {
    sandbox,
    control,
    order,
    open,
    newName,
    tpp: async (wanted, roles) => open(await order(newName(), wanted, roles ? { roles } : {})),
    close: async () => {
      for (const tpp of opened) tpp.close()
      await sandbox.stop()
      removeHome(sandbox.home)
    },
  }
}
