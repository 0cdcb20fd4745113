/** Reads chosen, dropped or pasted OpenAPI files as text, each under its path, and finds the one to begin with. */

export interface ImportText {
  /** Within the chosen folder, with forward slashes. */
  readonly path: string
  readonly text: string
}

export interface ReadFiles {
  readonly files: readonly ImportText[]
  /** What was not taken, and what to do instead; null when everything was. */
  readonly problem: string | null
}

/** Bytes of all files together, which can double as JSON: one message to the engine holds them. The terminal takes more. */
const largest = 7_000_000
/** The engine takes no more either. */
const mostFiles = 500

const isDocument = (name: string): boolean => /\.(ya?ml|json)$/i.test(name)

/** The first folder of all paths is the chosen folder itself. */
export function withinFolder(paths: readonly string[]): string[] {
  const [first = ''] = paths
  const folder = first.slice(0, first.indexOf('/') + 1)
  const shared = folder !== '' && paths.every((path) => path.startsWith(folder))
  return shared ? withinFolder(paths.map((path) => path.slice(folder.length))) : [...paths]
}

export interface NamedFile {
  readonly path: string
  readonly file: Pick<File, 'size' | 'text'>
}

export async function readImportFiles(chosen: readonly NamedFile[]): Promise<ReadFiles> {
  const documents = chosen.filter(({ path }) => isDocument(path))
  if (documents.length === 0)
    return {
      files: [],
      problem: 'None of these is a YAML or JSON file: an OpenAPI document ends in .yaml, .yml or .json.',
    }
  if (documents.length > mostFiles)
    return {
      files: [],
      problem: `${documents.length} YAML and JSON files are more than the ${mostFiles} an import takes. Choose the document and what it refers to.`,
    }
  const bytes = documents.reduce((sum, { file }) => sum + file.size, 0)
  if (bytes > largest)
    return {
      files: [],
      problem: `These files have ${Math.ceil(bytes / 1_000_000)} MB together; the window takes up to 7 MB. Leave out what is not needed, or run: tpp banks import FILE`,
    }
  const paths = withinFolder(documents.map(({ path }) => path))
  const files: ImportText[] = []
  for (const [at, { file }] of documents.entries()) {
    const text = await file.text().catch(() => null)
    if (text === null) return { files: [], problem: `${paths[at]} could not be read. Check its permissions.` }
    files.push({ path: paths[at]!, text })
  }
  return { files, problem: null }
}

/** Pasted text gets the name its form asks for. */
export const pastedFile = (text: string): ImportText => ({
  path: text.trimStart().startsWith('{') ? 'openapi.json' : 'openapi.yaml',
  text,
})

/** The beginning tells, and a long file is not searched to its end. */
const beginsAsOpenapi = (text: string): boolean =>
  /(^|[\n{,])\s*["']?(openapi|swagger)["']?\s*:/.test(text.slice(0, 20_000))

/** Files an import can begin with, the likeliest first: a bank folder's profile, then OpenAPI documents nearest to the top. */
export function mainCandidates(files: readonly ImportText[]): string[] {
  const byDepth = (some: readonly ImportText[]) =>
    some.map(({ path }) => path).sort((a, b) => a.split('/').length - b.split('/').length)
  const profiles = files.filter(({ path }) => /(^|\/)bank\.yaml$/.test(path))
  const documents = files.filter(({ text }) => beginsAsOpenapi(text))
  const found = [...byDepth(profiles), ...byDepth(documents)]
  return found.length > 0 ? found : byDepth(files)
}

interface Entry {
  readonly isFile: boolean
  readonly isDirectory: boolean
  readonly fullPath: string
}

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => entry.file(resolve, reject))

async function entriesIn(entry: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = entry.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    // A reader hands a folder out in parts.
    const part = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (part.length === 0 || all.length > mostFiles) return all
    all.push(...part)
  }
}

async function filesIn(entry: FileSystemEntry): Promise<NamedFile[]> {
  const { isFile, isDirectory, fullPath }: Entry = entry
  if (isFile) return [{ path: fullPath.replace(/^\//, ''), file: await fileOf(entry as FileSystemFileEntry) }]
  if (!isDirectory) return []
  const found: NamedFile[] = []
  for (const inner of await entriesIn(entry as FileSystemDirectoryEntry)) found.push(...(await filesIn(inner)))
  return found
}

/** Files and folders as they were dropped. Asked for at once: after the event the browser has forgotten them. */
export async function droppedFiles(transfer: DataTransfer): Promise<NamedFile[]> {
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? [])
  if (entries.length === 0) return [...transfer.files].map((file) => ({ path: file.name, file }))
  return (await Promise.all(entries.map(filesIn))).flat()
}

export const chosenFiles = (list: FileList | null): NamedFile[] =>
  [...(list ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file }))
