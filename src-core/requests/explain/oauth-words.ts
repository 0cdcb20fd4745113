/** What a token endpoint's own words mean where a bank's table leaves them out: the errors of RFC 6749 section 5.2. */
import { causeText } from '#shared/cause-text.ts'
import type { Explanation } from '#shared/contract/exchange.ts'
import type { EvidenceName } from '#shared/error-words.ts'
import { type CallFacts, formOf } from '../call-facts.ts'
import type { ErrorWords } from './read-words.ts'
import { remediesOf } from './remedies.ts'
import { type Witnessed, weighCauses, weightOf } from './weigh-causes.ts'

interface OauthWord {
  readonly title: string
  readonly causes: readonly { readonly text: string; readonly evidence: EvidenceName[] }[]
  readonly fix: string
}

const cause = (text: string, ...evidence: EvidenceName[]) => ({ text, evidence })

const ofCode: OauthWord = {
  title: 'The bank does not take this code',
  causes: [
    cause(
      'The code was too old: it is good for seconds, so that one who picks it up on its way has no use of it.',
      'code-too-old',
    ),
    cause('The code was used before; it is good once.'),
    cause('redirect_uri or code_verifier is not the one the authorisation was asked for with.'),
    cause('The code was issued to another client.'),
  ],
  fix: 'Let the customer authorise again, and exchange the code the moment it comes.',
}

const ofRefreshToken: OauthWord = {
  title: 'The bank does not take this refresh token',
  causes: [
    cause(
      'It was spent before: where refresh tokens rotate, each is good once and brings the next one.',
      'refresh-token-spent',
    ),
    cause('The customer authenticated longer ago than the bank lets it last.', 'grant-too-old'),
    cause('The customer or the bank took the consent back.'),
    cause('It was issued to another client.'),
  ],
  fix: 'Let the customer authorise again. Keep a new refresh token before anything else is done with the answer.',
}

const words: Readonly<Record<string, (grantType: string | null) => OauthWord | null>> = {
  invalid_grant: (grantType) =>
    grantType === 'authorization_code' ? ofCode : grantType === 'refresh_token' ? ofRefreshToken : null,
}

/** null where the answer has none of these words, or the call asks for no token. */
export function explainOauth({ code }: ErrorWords, witnessed: Witnessed, facts: CallFacts): Explanation | null {
  const word = Object.hasOwn(words, code ?? '') ? words[code!]!(formOf(facts).get('grant_type')) : null
  if (code === null || word === null) return null
  const causes = weighCauses(word.causes, witnessed)
  return {
    errorId: `oauth:${code}`,
    score: weightOf(causes) === 1 ? 1 : 0.6,
    title: word.title,
    cause: causeText({ causes: causes.map(({ text }) => ({ text, evidence: [] })) }),
    evidence: [`"${code}" is no word of the bank’s table but one of RFC 6749 section 5.2.`],
    fix: word.fix,
    match: 'standard',
    causes,
    remedies: remediesOf(causes, undefined, facts),
    contradicted: null,
  }
}
