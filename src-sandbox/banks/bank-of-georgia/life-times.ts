/** How long things live at the simulated bank; what the document is silent about is the sandbox's own choice. */
export const minute = 60_000
const hour = 60 * minute
export const day = 24 * hour

/** How long a consent or payment waits to be authorised. */
export const resourceWaits = day
/** How long one authorisation, once started, waits for its customer. */
export const authorisationWaits = hour
export const codeLives = 30_000
export const accessTokenSeconds = 600
/** The longest a consent runs, in days. */
export const longestConsentDays = 180
/** How far back transactions can be read, in months. */
export const oldestMonths = 24
