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
  mails: z.strictObject({
    unconfirmedPerDayPerRecipient: ceiling,
    /** What each source of applications is sure of, and how many of the day's are kept for these parts. */
    unconfirmedPerDayPerSource: ceiling,
    unconfirmedPerDayInFairParts: ceiling,
    /** For sources that have used up their part. */
    unconfirmedPerDayBeyond: ceiling,
    duesPerDay: ceiling,
    otherPerDay: ceiling,
    perHourPerRecipient: ceiling,
  }),
});
export type Limits = z.output<typeof limits>;

/** How many mails a day the classes come to; decisions and tasks go beyond it if they must. */
export function mailsPerDay({ mails }: Limits): number {
  return (
    mails.unconfirmedPerDayInFairParts + mails.unconfirmedPerDayBeyond + mails.duesPerDay + mails.otherPerDay
  );
}
