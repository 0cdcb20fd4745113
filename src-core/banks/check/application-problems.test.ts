/** A copy of a shipped bank with one mistake in its applications is told where the mistake is; the bank as shipped has none. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { checkBankFolder } from './check-folder.ts'

const shipped = resolve(import.meta.dirname, '../../../resources/banks/payex-ledger')

let scratch = ''
beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'tpp-applications-'))
})
afterAll(() => rm(scratch, { recursive: true, force: true }))

let copies = 0
/** @returns what the check finds in the copy */
async function problemsWith(from: string, to: string) {
  const folder = join(scratch, String(++copies), 'payex-ledger')
  await cp(shipped, folder, { recursive: true })
  const text = await readFile(join(folder, 'bank.yaml'), 'utf8')
  expect(text.split(from).length).toBeGreaterThan(1)
  await writeFile(join(folder, 'bank.yaml'), text.replace(from, to))
  const { checks } = await checkBankFolder(folder)
  return checks.flatMap(({ id, ok, message, place }) => (id === 'applications' && !ok ? [`${place}: ${message}`] : []))
}

it('finds nothing in what is shipped', async () => {
  expect(await problemsWith('name: Higher limit', 'name: A higher limit')).toEqual([])
})

it.each([
  ['poll: payex-limit-upgrade-sign-bankid-se-poll', 'poll: payex-limit-upgrade-sign-poll', /no operation payex-limit/],
  ['start: AwaitingComplementaryInfo', 'start: Awaiting', /#\/applications\/start: Awaiting is no status/],
  ['to: Rejected, by', 'to: Approved, by', /Nothing leads to the status Rejected/],
  ['at: /offer\n', 'at: /offers\n', /offer\/at: No answer of .* has \/offers/],
  ['at: /reminderFee', 'at: /reminderfee', /offer\/facts\/3\/at: .*\/offer\/reminderfee/],
  ['code: /qrCodeImageDataUrl', 'code: /qrCode', /order\/code: No answer/],
  ['hints: bankid-hint', 'hints: bankid-hints', /There are no statuses bankid-hints. Did you mean bankid-hint/],
  ['returns: [accessToken]', 'returns: [token]', /identification\/0\/returns\/0: The body of payex-verify-auth/],
  [
    'state: { parameter: state, at: /preAuthorizationId }',
    'state: { parameter: state, at: /id }',
    /state\/at: No answer/,
  ],
  ['- kind: limit-upgrade-application\n      name', '- kind: basket\n      name', /Resources has no basket/],
])('names the place of a mistake: %s', async (from, to, finding) => {
  expect((await problemsWith(from, to)).join('\n')).toMatch(finding)
})
