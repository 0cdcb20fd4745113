/** How many decimals a currency has (ISO 4217, minor units). */

const digits: Readonly<Record<number, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
}

const known = new Map(
  Object.entries(digits).flatMap(([count, names]) => names.split(' ').map((name) => [name, Number(count)] as const)),
)

/** @param currency three upper-case letters; all that are not listed have two. */
export const currencyDigits = (currency: string): number => known.get(currency) ?? 2
