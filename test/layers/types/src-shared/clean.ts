// The control, and what the other folders try to reach.
export const shared = 1
