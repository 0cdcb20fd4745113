/** Keeps every web contents where it is: no navigation, no new window, no embedded page. */
import type { WebContents } from 'electron'
import type { WayOut } from '#core/way-out.ts'
import { mayNavigate } from '#core/window-page.ts'

export function hardenContents(contents: WebContents, openExternal: WayOut): void {
  const stay = (event: { url: string; isMainFrame: boolean; preventDefault(): void }) => {
    if (!mayNavigate(event, contents.getURL())) event.preventDefault()
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
