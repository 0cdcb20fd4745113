/** Where the user's data lives unless TPP_HOME says otherwise. */
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'

/** The platform's own place for application data (XDG Base Directory 0.8 on Linux). */
export function dataFolder(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string {
  if (environment.TPP_HOME) return resolve(environment.TPP_HOME)
  if (platform === 'win32') return join(environment.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'TPP Workbench')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'TPP Workbench')
  return join(environment.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'tpp-workbench')
}
