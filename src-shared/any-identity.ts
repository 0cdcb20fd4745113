/** In place of an identity: the token was entered and is bound to no certificate anybody knows of, so it goes with every one. */
export const anyIdentity = '-'
