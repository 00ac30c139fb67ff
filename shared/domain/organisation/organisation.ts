import type { CvrNumber } from "./cvr-number.ts";
import type { EmailAddress } from "./email-address.ts";
import type { Gln } from "./gln.ts";

export const authorityTypes = ["municipality", "region", "state", "other"] as const;
export type AuthorityType = (typeof authorityTypes)[number];

export interface PostalAddress {
  street: string;
  postalCode: string;
  city: string;
}

export interface Organisation {
  name: string;
  cvr: CvrNumber;
  /** Without it a public body can't be invoiced: the dues line is then a task, not a mail. */
  gln?: Gln | undefined;
  authorityType?: AuthorityType | undefined;
  /** Citizens, by the previous year's count; the size bands of product participation go by it. */
  population?: number | undefined;
  address?: PostalAddress | undefined;
}

/** The head or director who signs for the body. Source: bylaws §4.3. */
export interface Signer {
  name: string;
  title: string;
}

/** The fixed contact person. Source: bylaws §4.3.1. */
export interface ContactPerson {
  name: string;
  email: EmailAddress;
  phone?: string | undefined;
}
