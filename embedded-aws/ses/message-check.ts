/** The largest message SES's first API takes, bytes. https://docs.aws.amazon.com/ses/latest/dg/quotas.html */
const LARGEST_MESSAGE_BYTES = 10 * 1024 * 1024;
const MOST_RECIPIENTS = 50;
/** Without its line end. RFC 5322 §2.1.1 */
const LONGEST_LINE_BYTES = 998;
/** RFC 5322 §3.6 allows these once; SES refuses a second. */
const ONCE = [
  "from",
  "sender",
  "reply-to",
  "to",
  "cc",
  "bcc",
  "message-id",
  "in-reply-to",
  "references",
  "subject",
  "date",
];

/** RFC 5322 §3.6 */
const REQUIRED = ["from", "date"];

/** A message SES does not take; `code` is the error's name on the wire. */
export class MailRefused extends Error {
  override name = "MailRefused";
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** A header's name in lower case and its value, unfolded. */
export type Header = readonly [name: string, value: string];

/**
 * Reads the headers of a raw message, and refuses what SES or the mail servers behind it would.
 * https://docs.aws.amazon.com/ses/latest/APIReference/API_SendRawEmail.html
 */
export function checkedHeaders(message: Buffer): Header[] {
  if (message.length > LARGEST_MESSAGE_BYTES) {
    throw new MailRefused(
      "InvalidParameterValue",
      `Message length is more than ${LARGEST_MESSAGE_BYTES} bytes long: '${message.length}'.`,
    );
  }
  refuseForeignBytes(message);
  refuseLongLines(message);
  const headers = parseHeaders(message);
  for (const name of ONCE) {
    if (headers.filter(([header]) => header === name).length > 1) {
      throw new MailRefused("InvalidParameterValue", `Duplicate header '${name}'.`);
    }
  }
  for (const required of REQUIRED) {
    if (!headers.some(([name, value]) => name === required && value.trim() !== "")) {
      throw new MailRefused("InvalidParameterValue", `Missing required header '${required}'.`);
    }
  }
  return headers;
}

/**
 * Lines end in CRLF, and neither half of it stands alone; NUL stands nowhere. SES hands such bytes on, and servers
 * behind it give the mail back ("550 5.6.11 bare linefeeds"), so here they are refused at the door.
 * RFC 5322 §2.2, §2.3 and §4
 */
function refuseForeignBytes(message: Buffer): void {
  const found = /\r(?!\n)|(?<!\r)\n|\0/.exec(message.toString("latin1"))?.[0];
  if (found === undefined) return;
  const what = { "\r": "carriage return", "\n": "line feed" }[found];
  throw new MailRefused(
    "InvalidParameterValue",
    what === undefined ? "The message holds a NUL." : `The message holds a bare ${what}.`,
  );
}

function refuseLongLines(message: Buffer): void {
  for (let start = 0; start < message.length; ) {
    const found = message.indexOf("\r\n", start);
    const end = found === -1 ? message.length : found;
    if (end - start > LONGEST_LINE_BYTES) {
      throw new MailRefused(
        "InvalidParameterValue",
        `A line of the message is longer than ${LONGEST_LINE_BYTES} bytes.`,
      );
    }
    start = end + 2;
  }
}

function parseHeaders(message: Buffer): Header[] {
  const end = message.indexOf("\r\n\r\n");
  const text = message.toString("latin1", 0, end === -1 ? message.length : end);
  if (/[^\0-\x7f]/.test(text)) {
    throw new MailRefused("InvalidParameterValue", "A header holds letters that are not encoded.");
  }
  const headers: Header[] = [];
  for (const line of text.replace(/\r\n[ \t]+/g, " ").split("\r\n")) {
    const parts = /^([!-9;-~]+):[ \t]*(.*)$/.exec(line);
    // What a value with a line break in it leaves.
    if (parts === null) throw new MailRefused("InvalidParameterValue", "Expected ':' in a header line.");
    headers.push([(parts[1] ?? "").toLowerCase(), parts[2] ?? ""]);
  }
  return headers;
}

/** Throws for no recipient, or more than SES takes at once. */
export function checkRecipients(recipients: readonly string[]): void {
  if (recipients.length === 0) throw new MailRefused("InvalidParameterValue", "Missing final recipient.");
  if (recipients.length > MOST_RECIPIENTS) {
    throw new MailRefused("InvalidParameterValue", `Recipient count exceeds ${MOST_RECIPIENTS}.`);
  }
  const odd = recipients.find(
    (address) => !/^[^\s@<>,;]+@[^\s@<>,;]+$/.test(address) || address.length > 320,
  );
  if (odd !== undefined) throw new MailRefused("InvalidParameterValue", `Illegal address: ${odd}`);
}

/** Throws unless name and value are of the letters that SES allows in a message tag. */
export function checkTags(tags: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(tags)) {
    if (!/^[A-Za-z0-9_:-]{1,256}$/.test(name) || !/^[A-Za-z0-9_-]{1,256}$/.test(value)) {
      throw new MailRefused("InvalidParameterValue", `Invalid message tag <${name}>: <${value}>`);
    }
  }
}
