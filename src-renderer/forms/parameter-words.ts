/** What a parameter of a call is called for people, and where it goes on the wire. */
import type { ParameterView } from '#shared/contract/banks.ts'
import { labelOf } from './form-fields.ts'

type Named = Pick<ParameterView, 'name' | 'in'>

/** As paths and addresses write them in a document. */
const wires: Readonly<Record<string, (name: string) => string>> = {
  path: (name) => `{${name}}`,
  query: (name) => `?${name}`,
  cookie: () => 'cookie',
}

/** Headers are words already and known by their names, as `PSU-ID`; `paymentProduct` and `payment-product` become `Payment product`. */
export function parameterWords({ name, in: place }: Named): { readonly label: string; readonly wire: string } {
  return place === 'header'
    ? { label: name, wire: 'header' }
    : { label: labelOf(name.replaceAll('-', ' ')), wire: wires[place]?.(name) ?? name }
}
