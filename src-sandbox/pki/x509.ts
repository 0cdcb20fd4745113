/** The certificate library, loaded after the polyfill it refuses to start without; import it from here only. */
import 'reflect-metadata'

export * from '@peculiar/x509'
