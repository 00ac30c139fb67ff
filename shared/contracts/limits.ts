import * as z from "zod/mini";

const ceiling = z.int().check(z.positive());

/**
 * The ceilings a stage sets (env `LIMITS`, JSON). Counted in the table per hashed address, CVR, case or day;
 * reaching one answers 429 with Retry-After, except mail, which is delayed and never dropped.
 */
export const limits = z.strictObject({
  formsPerHourPerAddress: ceiling,
  formsPerDayPerCvr: ceiling,
  uploadsPerDayPerCase: ceiling,
  wrongCodesPerHourPerAddress: ceiling,
  decisionPostsPerHourPerAddress: ceiling,
  mailsPerDay: ceiling,
});
export type Limits = z.output<typeof limits>;
