/** undici's Agent without its index, which would load fetch, WebSocket, caches and mocks with it at every start. */
declare module 'undici/lib/dispatcher/agent.js' {
  import { Agent } from 'undici'

  export default Agent
}
