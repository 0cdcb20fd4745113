/** Hands the page's one message port to the main process, once per page load, and gives the page nothing. */
import { ipcRenderer } from 'electron'

function forward({ source, origin, data, ports }: MessageEvent<unknown>): void {
  // A frame or another window can post messages here as well.
  if (source !== window || origin !== 'app://workbench') return
  const [port, ...others] = ports
  if (data !== 'tpp:connect' || port === undefined || others.length > 0) return
  window.removeEventListener('message', forward)
  ipcRenderer.postMessage('tpp:port', null, [port])
}

window.addEventListener('message', forward)
