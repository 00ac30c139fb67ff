const failed = (status: string, said: string) => ({ action: "failed", status, diagnosticCode: said });
const noSuchUser = failed("5.1.1", "smtp; 550 5.1.1 user unknown");
const notEvenTried = failed(
  "5.1.1",
  "Amazon SES did not send the message: the address is on a suppression list",
);

/**
 * Every type and subtype of a bounce that SES documents, and what its report says of each recipient. The report of an
 * answer by machine (out of office: Transient, General) names the address alone.
 * https://docs.aws.amazon.com/ses/latest/dg/notification-contents.html#bounce-types
 */
export const bounces = {
  Undetermined: { Undetermined: {} },
  Permanent: {
    General: noSuchUser,
    NoEmail: noSuchUser,
    Suppressed: notEvenTried,
    OnAccountSuppressionList: notEvenTried,
    UnsubscribedRecipient: notEvenTried,
  },
  Transient: {
    General: {},
    MailboxFull: failed("5.2.2", "smtp; 550 5.2.2 mailbox full"),
    MessageTooLarge: failed("5.3.4", "smtp; 550 5.3.4 message too large"),
    CustomTimeoutExceeded: failed("5.4.7", "smtp; 550 5.4.7 delivery expired"),
    ContentRejected: failed("5.6.1", "smtp; 550 5.6.1 content rejected"),
    AttachmentRejected: failed("5.7.1", "smtp; 550 5.7.1 attachment rejected"),
  },
} as const satisfies Record<string, Record<string, object>>;

export type BounceType = keyof typeof bounces;
export const bounceTypes = Object.keys(bounces) as [BounceType, ...BounceType[]];

export interface Bounce {
  type: BounceType;
  subType: string;
}

/** A bounce by SES's names, its subtype General where nothing is said, or nothing where SES knows none of the kind. */
export function bounceOf(type: BounceType = "Permanent", subType?: string): Bounce | undefined {
  const known = Object.keys(bounces[type]);
  const wanted = subType ?? known[0] ?? "";
  return known.includes(wanted) ? { type, subType: wanted } : undefined;
}

/** What the report says of each recipient besides the address. */
export function reportOf({ type, subType }: Bounce): object {
  const ofType: Readonly<Record<string, object>> = bounces[type];
  return ofType[subType] ?? {};
}
