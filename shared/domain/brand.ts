declare const brand: unique symbol;

/** A value that has passed one certain check, so that a plain string can't stand in for it. */
export type Brand<Value, Name extends string> = Value & { readonly [brand]: Name };
