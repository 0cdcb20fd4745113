import { type Command, positionals } from '../command.ts'

/** `tpp sandbox`: the simulated banks, until stopped. */
export const sandbox: Command = {
  summary:
    'Run the local sandbox until stopped: simulated banks and a QTSP, for this machine unless --listen says otherwise',
  usage: ['sandbox'],
  options: {
    port: {
      type: 'string',
      value: 'PORT',
      description: 'First of the ports to use (free ones, kept for the next start)',
    },
    bank: {
      type: 'string',
      value: 'ID',
      multiple: true,
      description: 'Serve only this bank; may be given several times',
    },
    listen: {
      type: 'string',
      value: 'ADDRESS',
      description: 'Let other machines in at this address of this machine, 0.0.0.0 for all of them (127.0.0.1)',
    },
    host: {
      type: 'string',
      value: 'NAME',
      multiple: true,
      description: 'Name other machines call this one by: in URLs (the first) and in the server certificate',
    },
  },
  async run(context) {
    positionals(context, sandbox)
    const port = context.arguments.integer('port', 1024, 65_000)
    const listen = context.arguments.text('listen')
    const workbench = await context.workbench()
    const ready = await workbench.client.sandbox.start(
      {
        banks: [...context.arguments.texts('bank')],
        hosts: [...context.arguments.texts('host')],
        ...(listen === undefined ? {} : { listen }),
        ...(port === undefined ? {} : { port }),
      },
      { signal: context.signal },
    )
    const lines = ready.banks.flatMap(({ id, urls }) => [
      id,
      ...Object.entries(urls).map(([host, url]) => `  ${host.padEnd(13)}${url}`),
    ])
    if (ready.shared) {
      const { hosts, control } = ready.shared
      context.tell(
        `Other machines can reach it as ${hosts[0]}; it is steered from there at ${control} with a token of: tpp sandbox tenants`,
      )
    }
    context.announce(ready, [`The local sandbox is ready. Ctrl-C stops it.`, ...lines].join('\n'))
    const stopped = new Promise<void>((resolve) => {
      if (context.signal.aborted) resolve()
      context.signal.addEventListener('abort', () => resolve(), { once: true })
    })
    await Promise.race([stopped, workbench.sandboxEnded()])
    if (context.signal.aborted) return { document: undefined, text: '' }
    context.tell('The local sandbox ended by itself.')
    return { document: undefined, text: '', exit: 8 }
  },
}
