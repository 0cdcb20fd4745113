import { readFile } from 'node:fs/promises'
import { Fault } from '#shared/fault.ts'
import { type Command, positionals } from '../command.ts'

async function readNamed(option: string, file: string | undefined): Promise<string> {
  if (file === undefined) throw new Fault('USAGE', `--${option} is missing: it names a file.`, { option })
  return await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Fault('FILE_UNREADABLE', `${file} could not be read.`, { option }, cause)
  })
}

/** `tpp sandbox attach`: a workshop's sandbox instead of one of this machine. */
export const sandboxAttach: Command = {
  summary: 'Use the sandbox of another machine, with the control token of one tenant (a workshop)',
  usage: ['sandbox attach <control url>'],
  options: {
    'token-file': {
      type: 'string',
      value: 'FILE',
      description: 'File with the token that tpp sandbox tenants --token printed there',
    },
    ca: { type: 'string', value: 'FILE', description: 'PEM file of the CA that its ready line names' },
  },
  examples: ['sandbox attach https://workshop.example:24310 --token-file token.txt --ca server-ca.pem'],
  async run(context) {
    const { control } = positionals(context, sandboxAttach, 'control')
    const token = (await readNamed('token-file', context.arguments.text('token-file'))).trim()
    const ca = await readNamed('ca', context.arguments.text('ca'))
    const attached = await (await context.client()).sandbox.attach({ control, ca, token }, { signal: context.signal })
    const whom = attached.tenant === null ? 'everybody (this is the master token)' : attached.tenant
    return {
      document: attached,
      text: `Attached to ${attached.control}, steering ${whom}: ${attached.banks.join(', ')}.`,
    }
  },
}

/** `tpp sandbox detach`: back to a sandbox of this machine. */
export const sandboxDetach: Command = {
  summary: 'Let go of the sandbox of another machine',
  usage: ['sandbox detach'],
  async run(context) {
    positionals(context, sandboxDetach)
    const answer = await (await context.client()).sandbox.detach(undefined, { signal: context.signal })
    return { document: answer, text: answer.detached ? 'Detached.' : 'There was nothing to detach from.' }
  },
}
