/** Where the sandbox's own pages of the PayEx ledger are, on the host for pages. */

export const loginPath = '/curity/login'
/** Where Curity sends a customer nobody gave a way back for: the page shows what came back. */
export const callbackPath = '/curity/callback'
export const bankIdPath = '/bankid/app'
export const signingPath = '/signing/session'
export const kalpPath = '/kalp/form'
/** Where a customer ends up who signed or filled in something. */
export const donePath = '/done'
/** The shop the customer came from. */
export const shopPath = '/shop'
export const tokensPath = '/tokens'
export const agreementPath = '/terms/agreement'
export const termsPath = '/terms/account'
export const stylesheetPath = '/sandbox.css'
