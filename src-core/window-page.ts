/** The page of a window of our own: its address, and what it may load, ask for and download. Nothing it loads is from elsewhere. */
export const origin = 'app://workbench'
export const page = `${origin}/`

/** DevTools exist in development only. */
const local = [page, `blob:${page}`, 'data:', 'devtools:']

export const mayLoad = (url: string): boolean => local.some((start) => url.startsWith(start))

/** @param from the origin or the address of who asks */
export const mayUse = (permission: string, from: string): boolean =>
  permission === 'clipboard-sanitized-write' && (from === origin || from.startsWith(page))

/** What the window exports it has made itself. */
export const mayDownload = (url: string): boolean => url.startsWith(`blob:${page}`)

/** Only to load itself again; no frame in it may load the page. */
export const mayNavigate = ({ url, isMainFrame }: { url: string; isMainFrame: boolean }, current: string): boolean =>
  isMainFrame && url.startsWith(page) && url === current

/** Milliseconds in which a page that crashed again is left alone. */
const crashLoop = 10_000

/** Whether a page that crashed is to be loaded again: at once, but not in a loop. */
export function createReloadRule(): () => boolean {
  let reloaded = Number.NEGATIVE_INFINITY
  return () => {
    if (performance.now() - reloaded < crashLoop) return false
    reloaded = performance.now()
    return true
  }
}
