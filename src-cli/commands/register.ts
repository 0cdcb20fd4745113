import { type Command, positionals } from '../command.ts'
import { exchangeDocument, exchangeText } from '../print/exchange.ts'
import { targetInput, targetOptions } from './target-options.ts'

/** `tpp register <bank>`: make the TPP known to the bank, over mutual TLS. */
export const register: Command = {
  summary: 'Register the TPP with a bank over mutual TLS',
  usage: ['register <bank>'],
  options: {
    ...targetOptions,
    callback: {
      type: 'string',
      value: 'URI',
      multiple: true,
      description: 'Callback URI to register (a free loopback port); may be given several times',
    },
  },
  examples: ['register ica-banken', 'register ica-banken --identity acme --callback http://127.0.0.1:9443/callback'],
  async run(context) {
    const { bank } = positionals(context, register, 'bank')
    const callbackUris = [...context.arguments.texts('callback')]
    const client = await context.client()
    const outcome = await client.access.register(
      { bank, ...targetInput(context.arguments), ...(callbackUris.length > 0 ? { callbackUris } : {}) },
      { signal: context.signal },
    )
    const { registration, already, exchange } = outcome
    const document = { registration, already, exchange: exchangeDocument(exchange) }
    if (registration === null) return { document, text: exchangeText(exchange), exit: 1 }
    const how = already ? 'was registered already; the workbench keeps that as success' : 'is registered'
    return {
      document,
      text: `${registration.clientId} ${how} with ${bank} (${registration.environment}).\nCallback: ${registration.callbackUris.join(', ')}`,
    }
  },
}
