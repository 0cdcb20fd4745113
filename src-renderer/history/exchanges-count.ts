/** A number of exchanges as it is said: `1 exchange`, `1,204 exchanges`. */
export const exchangesCount = (count: number): string =>
  `${count.toLocaleString('en')} ${count === 1 ? 'exchange' : 'exchanges'}`
