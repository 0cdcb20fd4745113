// What a person would write by hand for signed calls (draft-cavage-10 as Salt Edge has it): argv = url, folder with cert.pem, key.pem, ca.pem, times, file with a body to POST. Prints the last answer.
import { createHash, createPrivateKey, createSign, randomUUID, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Agent, request } from 'undici'

const [url, folder, times = '1', bodyFile] = process.argv.slice(2)
const read = (name) => readFileSync(join(folder, name), 'utf8')
const body = bodyFile === undefined ? '' : readFileSync(bodyFile, 'utf8')
const key = createPrivateKey(read('key.pem'))
const [pem] = read('cert.pem').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n?/)
const { serialNumber, issuer } = new X509Certificate(pem)
const keyId = `SN=${serialNumber},DN=/${issuer.split('\n').join('/')}`
const dispatcher = new Agent({ connect: { ca: read('ca.pem'), rejectUnauthorized: true } })

let text = ''
for (let round = 0; round < Number(times); round++) {
  const digest = `SHA-256=${createHash('sha256').update(body).digest('base64')}`
  const date = new Date().toUTCString()
  const id = randomUUID()
  const signature = createSign('sha256')
    .update(`digest: ${digest}\ndate: ${date}\nx-request-id: ${id}`)
    .sign(key, 'base64')
  const answer = await request(url, {
    dispatcher,
    method: body === '' ? 'GET' : 'POST',
    ...(body === '' ? {} : { body }),
    headers: {
      'content-type': 'application/json',
      'x-request-id': id,
      date,
      digest,
      'tpp-signature-certificate': Buffer.from(pem).toString('base64'),
      signature: `Signature keyId="${keyId}",algorithm="rsa-sha256",headers="digest date x-request-id",signature="${signature}"`,
      ...(body === '' ? {} : { 'tpp-redirect-preferred': 'true', 'tpp-redirect-uri': 'https://bench.example/back' }),
    },
  })
  text = await answer.body.text()
  if (answer.statusCode >= 300) process.exitCode = 1
}
console.log(text)
await dispatcher.close()
