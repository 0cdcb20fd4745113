// The control, and what the other folders try to reach.
export const core = 1
