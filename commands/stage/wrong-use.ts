/** What was typed can't be done; nothing was changed. */
export class WrongUse extends Error {}
