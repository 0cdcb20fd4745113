// What the tests do inside a page, put into every page before its own scripts; plain JavaScript, as a page's is.

/** @param {Promise<Response>} promise */
const said = (promise) =>
  promise.then(
    ({ type, status }) => `${type} ${status}`,
    () => 'blocked',
  )

const json = { 'content-type': 'application/json' }

/** Adds an element and says whether it loaded. */
const loads = (tag, attributes) =>
  new Promise((resolve) => {
    const element = document.createElement(tag)
    element.onerror = () => resolve('error')
    element.onload = () => resolve('load')
    Object.assign(element, attributes)
    document.body.append(element)
  })

globalThis.inPage = {
  /** Swaps the start token for a session, as the window does. */
  enter: async (start) =>
    (await fetch('/session', { method: 'POST', headers: json, body: JSON.stringify({ start }) })).status,

  session: async () => (await fetch('/session')).status,

  cookies: () => document.cookie,

  /** Opens a socket and sends one call; the answer, or `refused`. */
  call: (url, path, input) =>
    new Promise((resolve) => {
      const socket = new WebSocket(url)
      // A socket nothing refers to may be collected, and with it the call.
      globalThis.lastSocket = socket
      socket.onopen = () => socket.send(JSON.stringify({ i: '1', p: { u: path, b: { json: input } } }))
      socket.onmessage = ({ data }) => resolve(String(data))
      socket.onerror = () => resolve('refused')
    }),

  /** Everything at hand to read from, or do to, the host at `origin`. */
  async attack(origin, start) {
    const body = JSON.stringify({ start })
    const credentials = 'include'
    const events = new Promise((resolve) => {
      const source = new EventSource(`${origin}/rpc`, { withCredentials: true })
      source.onerror = () => resolve('error')
      source.onmessage = () => resolve('message')
    })
    return {
      json: await said(fetch(`${origin}/session`, { method: 'POST', headers: json, body, credentials })),
      text: await said(fetch(`${origin}/session`, { method: 'POST', body, mode: 'no-cors', credentials })),
      beacon: navigator.sendBeacon(`${origin}/session`, body),
      read: await said(fetch(`${origin}/session`, { credentials })),
      opaque: await said(fetch(`${origin}/session`, { mode: 'no-cors', credentials })),
      link: await said(fetch(`${origin}/link`, { method: 'POST', mode: 'no-cors', credentials })),
      bearer: await said(fetch(`${origin}/link`, { method: 'POST', headers: { authorization: 'Bearer x' } })),
      image: await loads('img', { src: `${origin}/assets/icon.svg` }),
      script: await loads('script', { src: `${origin}/window.js` }),
      style: await loads('link', { rel: 'stylesheet', href: `${origin}/window.css` }),
      events: await events,
      ran: 'windowRan' in globalThis,
    }
  },

  /** Sends the token as a form can: text that reads as JSON. */
  submitForm(origin, start) {
    const form = Object.assign(document.createElement('form'), { method: 'post', action: `${origin}/session` })
    form.enctype = 'text/plain'
    form.append(Object.assign(document.createElement('input'), { name: `{"start":"${start}","x":"`, value: '"}' }))
    document.body.append(form)
    form.submit()
  },

  frame: (origin) => document.body.append(Object.assign(document.createElement('iframe'), { src: origin })),

  follow(address) {
    const link = Object.assign(document.createElement('a'), { href: address })
    document.body.append(link)
    link.click()
  },

  /** What a script that got into our page could reach of a stranger, and what of the page's own ran. */
  async reach(stranger) {
    const read = await said(fetch(`${stranger}/read`))
    const socket = await new Promise((resolve) => {
      const opened = new WebSocket(stranger.replace('http:', 'ws:'))
      opened.onopen = () => resolve('open')
      opened.onerror = () => resolve('blocked')
    })
    document.querySelector('#form').submit()
    return {
      read,
      socket,
      ours: 'windowRan' in globalThis,
      inline: 'inlineRan' in globalThis,
      base: new URL(document.baseURI).origin,
    }
  },
}
