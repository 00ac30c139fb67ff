/** A file that goes with a mail. */
export interface Attachment {
  fileName: string;
  contentType: "application/pdf";
  bytes: Uint8Array;
}
