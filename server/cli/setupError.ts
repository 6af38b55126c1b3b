/** Setup cannot do what it was asked for; the message says what is there and what to do instead. Nothing was changed. */
export class SetupError extends Error {}
