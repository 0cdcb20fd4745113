/** Which row of the bank's table an exchange was answered with. */
import type { Exchange, Explanation } from './contract/exchange.ts'

/** The first explanation, where the words of the answer are those of its row; null where it is only near, proven otherwise, or a fault. */
export function explainedRow({ explanations }: Pick<Exchange, 'explanations'>): Explanation | null {
  const [best] = explanations
  return best?.match === 'words' ? best : null
}
