import type { Filed } from "../filing/filed.ts";
import type { OfficeId } from "../owner.ts";

/** The association's own file: who decides, which account is paid to, what is owed a year. Its values are dated settings. */
export interface Office {
  id: OfficeId;
}

export interface OfficeFile extends Filed<"office"> {
  office: Office;
}
