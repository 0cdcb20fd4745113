/** A program of its own: sends one GET with the transport and prints what came of it, for tests of what the environment can do. */

import { createBodyFolder } from '#core/http/body-folder.ts'
import { clientContext, withBuiltInRoots } from '#core/http/client-context.ts'
import { createTransport } from '#core/http/transport.ts'
import { aRequest } from './test-bank.ts'

interface Order {
  readonly url: string
  /** PEM certificates to trust beside the built-in ones. */
  readonly extra: string[]
  /** Folder for large bodies. */
  readonly bodies?: string
}

const { url, extra, bodies } = JSON.parse(process.argv[2] ?? '{}') as Order
const folder = bodies === undefined ? undefined : createBodyFolder(bodies)
const transport = createTransport({ bodies: folder })
const report = await transport.send(aRequest(url), {
  id: '-',
  secureContext: clientContext({ ca: withBuiltInRoots(extra), client: null }),
  clientCertificate: null,
})
await transport.close()
const { answer, fault } = report
// maxRSS counts kilobytes.
const peak = process.resourceUsage().maxRSS * 1024
console.log(JSON.stringify({ status: answer?.status ?? null, fault: fault?.code ?? null, size: answer?.size, peak }))
