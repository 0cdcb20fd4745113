// What a person would write by hand for one mutual-TLS call: argv = url, folder with cert.pem, key.pem, ca.pem, token.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Agent, request } from 'undici'

const [url, folder, times = '1'] = process.argv.slice(2)
const read = (name) => readFileSync(join(folder, name), 'utf8')
const dispatcher = new Agent({
  connect: { cert: read('cert.pem'), key: read('key.pem'), ca: read('ca.pem'), rejectUnauthorized: true },
})
for (let round = 0; round < Number(times); round++) {
  const answer = await request(url, {
    dispatcher,
    headers: { authorization: `Bearer ${read('token')}`, 'psu-ip-address': '192.0.2.7' },
  })
  await answer.body.text()
  if (answer.statusCode !== 200) process.exitCode = 1
}
await dispatcher.close()
