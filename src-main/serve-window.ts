/** Answers the contract over the one port that our own page hands over. */
import { RPCHandler } from '@orpc/server/message-port'
import type { IpcMain, IpcMainEvent, WebContents } from 'electron'
import { origin } from '#core/window-page.ts'
import type { Workbench } from '#core/workbench.ts'

/** The page itself, not a frame in it and nothing that took its place. */
const isTopFrame = ({ senderFrame }: IpcMainEvent) =>
  senderFrame !== null && senderFrame.parent === null && senderFrame.origin === origin

export function serveWindow(
  ipcMain: Pick<IpcMain, 'on'>,
  isOurWindow: (contents: WebContents) => boolean,
  { router, intercept }: Pick<Workbench, 'router' | 'intercept'>,
): void {
  const handler = new RPCHandler(router, { clientInterceptors: [intercept] })
  ipcMain.on('tpp:port', (event) => {
    const [port, ...others] = event.ports
    if (port === undefined || others.length > 0 || !isOurWindow(event.sender) || !isTopFrame(event)) {
      for (const each of event.ports) each.close()
      return
    }
    handler.upgrade(port)
    port.start()
  })
}
