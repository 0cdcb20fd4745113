// The control, and what the other folders try to reach.
export const cli = 1
