/** Gives one end of a Node message channel the form of Electron's MessagePortMain: `on`, events with `data`, queued until started. */
import { EventEmitter } from 'node:events'
import { MessageChannel, type MessagePort } from 'node:worker_threads'

export class StandInPort extends EventEmitter {
  started = false
  closed = false
  readonly #port: MessagePort
  constructor(port: MessagePort) {
    super()
    this.#port = port
  }
  postMessage(message: unknown) {
    this.#port.postMessage(message)
  }
  start() {
    this.started = true
    this.#port.on('message', (data) => this.emit('message', { data, ports: [] }))
    this.#port.on('close', () => this.emit('close'))
  }
  close() {
    this.closed = true
    this.#port.close()
  }
}

/** The page's end, as it is, and the main process's end. */
export function createPorts(): { page: MessagePort; main: StandInPort } {
  const { port1, port2 } = new MessageChannel()
  return { page: port1, main: new StandInPort(port2) }
}
