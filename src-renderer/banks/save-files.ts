/** Gives files to the person: one as a download, all of them as a folder where the browser can write one. */
import { saveFile as saveText } from '../ui/save-file.ts'

export interface TextFile {
  /** With forward slashes. */
  readonly path: string
  readonly text: string
}

interface FileHandle {
  createWritable(): Promise<{ write(text: string): Promise<void>; close(): Promise<void> }>
}
interface FolderHandle {
  getDirectoryHandle(name: string, options: { create: true }): Promise<FolderHandle>
  getFileHandle(name: string, options: { create: true }): Promise<FileHandle>
}
interface FolderPicker {
  showDirectoryPicker?(options: { mode: 'readwrite' }): Promise<FolderHandle>
}

export const canSaveFolders = (): boolean => typeof (window as FolderPicker).showDirectoryPicker === 'function'

export const saveFile = ({ path, text }: TextFile): void => saveText(path.split('/').at(-1) ?? path, text, 'text/yaml')

/** Into a folder of this name within the one the person picks. False: they changed their mind. */
export async function saveFolder(name: string, files: readonly TextFile[]): Promise<boolean> {
  let picked: FolderHandle | undefined
  try {
    picked = await (window as FolderPicker).showDirectoryPicker?.({ mode: 'readwrite' })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return false
    throw error
  }
  const root = await picked?.getDirectoryHandle(name, { create: true })
  if (root === undefined) return false
  for (const { path, text } of files) {
    const parts = path.split('/')
    let folder = root
    for (const part of parts.slice(0, -1)) folder = await folder.getDirectoryHandle(part, { create: true })
    const file = await folder.getFileHandle(parts.at(-1)!, { create: true })
    const stream = await file.createWritable()
    await stream.write(text)
    await stream.close()
  }
  return true
}
