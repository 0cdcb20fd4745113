/** The metadata document of the bank's authorisation server (RFC 8414), which `scaOAuth` links to. */
import { type Answer, jsonAnswer } from '#sandbox/net/answer.ts'
import type { BogSurroundings } from './bog-surroundings.ts'

export function serverMetadata(bog: BogSurroundings): Answer {
  const { issuer, token, authorize } = bog.oauth()
  return jsonAnswer(
    200,
    {
      issuer,
      authorization_endpoint: authorize,
      token_endpoint: token,
      response_types_supported: ['code'],
      grant_types_supported: ['authorization_code', 'refresh_token'],
      code_challenge_methods_supported: ['S256'],
      // RFC 8705: the certificate of the connection says who the client is, and tokens are good with it only.
      token_endpoint_auth_methods_supported: ['tls_client_auth'],
      tls_client_certificate_bound_access_tokens: true,
      mtls_endpoint_aliases: { token_endpoint: token },
      authorization_response_iss_parameter_supported: true,
    },
    'metadata of the authorisation server',
  )
}
