/** Lets `tpp serve --link` find the local hosts of a data folder: each leaves a note only its owner can read. */
import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { z } from 'zod'
import { Fault } from '#shared/fault.ts'

const noteSchema = z.object({
  pid: z.int().min(1),
  port: z.int().min(1).max(65_535),
  /** Bearer token of `/link`; good while that process runs. */
  secret: z.string(),
  startedAt: z.number(),
})
type Note = z.infer<typeof noteSchema>

const folderOf = (dataFolder: string): string => join(dataFolder, 'serving')

/** Leaves the note. @returns what takes it away again. @throws Fault DATA_UNWRITABLE */
export async function leaveNote(dataFolder: string, note: Omit<Note, 'startedAt'>): Promise<() => Promise<void>> {
  const folder = folderOf(dataFolder)
  const file = join(folder, `${note.pid}.json`)
  const temporary = join(folder, `.${note.pid}.${randomBytes(6).toString('hex')}`)
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await writeFile(temporary, JSON.stringify({ ...note, startedAt: Date.now() }), { flag: 'wx', mode: 0o600 })
    await rename(temporary, file)
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw new Fault('DATA_UNWRITABLE', `${folder} cannot be written.`, { folder }, cause)
  }
  return () => rm(file, { force: true }).catch(() => undefined)
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** The notes of hosts that run, newest first; those a killed host left behind are removed. */
async function readNotes(dataFolder: string): Promise<readonly Note[]> {
  const folder = folderOf(dataFolder)
  const names = (await readdir(folder).catch(() => [])).filter((name) => /^\d+\.json$/.test(name))
  const notes = await Promise.all(
    names.map(async (name) => {
      const note = await readFile(join(folder, name), 'utf8').then(parseNote, () => null)
      if (note !== null && isRunning(note.pid)) return note
      await rm(join(folder, name), { force: true }).catch(() => undefined)
      return null
    }),
  )
  return notes.filter((note) => note !== null).sort((one, other) => other.startedAt - one.startedAt)
}

function parseNote(json: string): Note | null {
  try {
    return noteSchema.parse(JSON.parse(json))
  } catch {
    return null
  }
}

/** null when nobody, or somebody else, answers at the note's port. Not fetch: it marks its requests as a browser does. */
async function ask({ port, secret }: Note): Promise<string | null> {
  const response = await new Promise<string>((resolve, reject) => {
    const headers = { authorization: `Bearer ${secret}`, 'content-length': '0' }
    // agent false: never by way of a proxy.
    const call = request({ host: '127.0.0.1', port, path: '/link', method: 'POST', headers, agent: false })
    call.setTimeout(5000, () => call.destroy(new Error('no answer in time')))
    call.once('error', reject)
    call.once('response', (answered) => void text(answered).then(resolve, reject))
    call.end()
  }).catch(() => '')
  const start = `http://127.0.0.1:${port}/#start=`
  try {
    const { url } = z.object({ url: z.string().startsWith(start) }).parse(JSON.parse(response))
    return url
  } catch {
    return null
  }
}

/** A fresh link of the host started last. @throws Fault SERVE_DOWN when none runs for this data folder. */
export async function askForLink(dataFolder: string): Promise<string> {
  for (const note of await readNotes(dataFolder)) {
    const url = await ask(note)
    if (url !== null) return url
  }
  throw new Fault('SERVE_DOWN', 'No workbench is served for this data folder. Start one with: tpp serve')
}
