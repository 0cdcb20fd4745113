/** Keeps every web contents where it is: no navigation, no new window, no embedded page. */
import type { WebContents } from 'electron'
import { page } from './app-scheme.ts'
import type { OpenExternal } from './open-external.ts'

export function hardenContents(contents: WebContents, openExternal: OpenExternal): void {
  const stay = (event: { url: string; isMainFrame: boolean; preventDefault(): void }) => {
    const reload = event.isMainFrame && event.url.startsWith(page) && event.url === contents.getURL()
    if (!reload) event.preventDefault()
  }
  contents.on('will-navigate', stay)
  contents.on('will-frame-navigate', stay)
  // app:// never redirects.
  contents.on('will-redirect', (event) => event.preventDefault())
  contents.on('will-attach-webview', (event) => event.preventDefault())
  contents.setWindowOpenHandler(({ url }) => {
    void openExternal(url)
    return { action: 'deny' }
  })
}
