export interface AgreementWish {
  readonly kind: "member" | "partner";
  readonly organisationName: string;
  readonly cvr: string;
  readonly signerName: string;
  readonly signerTitle?: string;
  readonly language?: "da" | "en";
  readonly pages?: number;
  /** The whole text, instead of the example's. */
  readonly lines?: readonly string[];
}

/** An example agreement as lines of text; close to the real one in words, not a copy of it. */
export function agreementLines(wish: AgreementWish): readonly string[] {
  return wish.lines ?? texts[wish.language ?? "da"][wish.kind](wish);
}

const texts = {
  da: {
    member: (wish) => [
      "Medlemsaftale",
      "",
      `Mellem OS2 (CVR-nr. 55133018) og ${wish.organisationName} (CVR-nr. ${wish.cvr}).`,
      "",
      "1. Parterne indgår aftale om medlemskab af OS2 - Offentligt digitaliseringsfællesskab.",
      "2. Medlemmet tiltræder foreningens vedtægter og har én stemme på generalforsamlingen.",
      "3. Medlemmet betaler det årlige kontingent, som generalforsamlingen fastsætter.",
      "4. Medlemmet udpeger en fast kontaktperson.",
      "5. Udmeldelse sker skriftligt til sekretariatet. Betalt kontingent refunderes ikke.",
      ...signatureLines(wish),
    ],
    partner: (wish) => [
      "Leverandørpartneraftale",
      "",
      `Mellem OS2 (CVR-nr. 55133018) og ${wish.organisationName} (CVR-nr. ${wish.cvr}).`,
      "",
      "1. Parterne indgår aftale om leverandørpartnerskab med OS2 - Offentligt digitaliseringsfællesskab.",
      "2. Leverandøren tilslutter sig foreningens principper om åben kildekode. Aftalen giver ikke stemmeret.",
      "3. Leverandøren betaler det kontingent, som generalforsamlingen måtte fastsætte.",
      "4. Leverandøren udpeger en fast kontaktperson.",
      "5. Opsigelse sker skriftligt til sekretariatet.",
      ...signatureLines(wish),
    ],
  },
  en: {
    member: (wish) => [
      "Membership agreement",
      "",
      `Between OS2 (CVR no. 55133018) and ${wish.organisationName} (CVR no. ${wish.cvr}).`,
      "",
      "1. The parties agree on membership of OS2, the public digitisation community.",
      "2. The member accedes to the bylaws and has one vote at the general assembly.",
      "3. The member pays the annual dues set by the general assembly.",
      "4. The member appoints a fixed contact person.",
      "5. Resignation is given in writing to the secretariat. Paid dues are not refunded.",
      ...signatureLines(wish),
    ],
    partner: (wish) => [
      "Supplier partner agreement",
      "",
      `Between OS2 (CVR no. 55133018) and ${wish.organisationName} (CVR no. ${wish.cvr}).`,
      "",
      "1. The parties agree on a supplier partnership with OS2, the public digitisation community.",
      "2. The supplier adheres to the principles of open source. The agreement gives no vote.",
      "3. The supplier pays the dues the general assembly may set.",
      "4. The supplier appoints a fixed contact person.",
      "5. Termination is given in writing to the secretariat.",
      ...signatureLines(wish),
    ],
  },
} as const satisfies Record<
  "da" | "en",
  Record<AgreementWish["kind"], (wish: AgreementWish) => readonly string[]>
>;

function signatureLines(wish: AgreementWish): readonly string[] {
  const [who, place] =
    wish.language === "en" ? ["For", "Date and signature"] : ["For", "Dato og underskrift"];
  return [
    "",
    `${who} ${wish.organisationName}:`,
    `${wish.signerName}${wish.signerTitle ? `, ${wish.signerTitle}` : ""}`,
    "",
    `${place}: ______________________`,
  ];
}
