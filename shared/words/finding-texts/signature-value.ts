import type { signatureValueFindings } from "../../domain/judgement/finding-codes.ts";
import type { TextsFor } from "./finding-text.ts";

const newSignature = {
  da: "Send tilbage, og bed om en ny underskrift.",
  en: "Send it back and ask for a new signature.",
};
const signedFile = {
  da: "Send tilbage, og bed om den fil, der blev skrevet under.",
  en: "Send it back and ask for the file that was signed.",
};
const contactSigner = {
  da: "Kontakt underskriveren, hvis du er i tvivl.",
  en: "Contact the signer if you are in doubt.",
};

/** One signature: its value, its certificate, its time. */
export const signatureValueTexts: TextsFor<typeof signatureValueFindings> = {
  SIGNATURE_FORMAT_UNSUPPORTED: {
    da: {
      headline: "Vi kender ikke underskriftens format",
      meaning: "Derfor kan vi ikke kontrollere den.",
      advice: contactSigner.da,
    },
    en: {
      headline: "We don’t know the signature’s format",
      meaning: "So we can’t check it.",
      advice: contactSigner.en,
    },
  },
  SIGNATURE_FORMAT_LEGACY: {
    da: {
      headline: "Underskriften har et forældet format",
      meaning: "Det opfylder ikke de krav, der gælder i dag.",
      advice: contactSigner.da,
    },
    en: {
      headline: "The signature has an outdated format",
      meaning: "It does not meet the requirements of today.",
      advice: contactSigner.en,
    },
  },
  CMS_MALFORMED: {
    da: {
      headline: "Underskriften er beskadiget",
      meaning: "Dens indhold kan ikke læses.",
      advice: newSignature.da,
    },
    en: {
      headline: "The signature is damaged",
      meaning: "Its content can’t be read.",
      advice: newSignature.en,
    },
  },
  CMS_TRAILING_DATA: {
    da: {
      headline: "Der ligger noget ekstra efter underskriften",
      meaning: "Det hører ikke til og kan skjule noget.",
      advice: newSignature.da,
    },
    en: {
      headline: "Something extra lies after the signature",
      meaning: "It does not belong there and may hide something.",
      advice: newSignature.en,
    },
  },
  CMS_CONTENT_TYPE_WRONG: {
    da: {
      headline: "Underskriften er ikke en underskrift på et dokument",
      meaning: "Den er lavet til noget andet.",
      advice: newSignature.da,
    },
    en: {
      headline: "The signature is not a signature on a document",
      meaning: "It was made for something else.",
      advice: newSignature.en,
    },
  },
  SIGNERS_NOT_ONE: {
    da: {
      headline: "Underskriften har ikke præcis én underskriver",
      meaning: "Vi kan ikke sige, hvem den er fra.",
      advice: newSignature.da,
    },
    en: {
      headline: "The signature does not have exactly one signer",
      meaning: "We can’t say who it is from.",
      advice: newSignature.en,
    },
  },
  SIGNED_ATTRIBUTES_MISSING: {
    da: {
      headline: "Underskriften mangler oplysninger om sig selv",
      meaning: "Den binder ikke tid og certifikat til dokumentet.",
      advice: contactSigner.da,
    },
    en: {
      headline: "The signature lacks details about itself",
      meaning: "It does not bind time and certificate to the document.",
      advice: contactSigner.en,
    },
  },
  DIGEST_MISMATCH: {
    da: {
      headline: "Dokumentet er ikke det, der blev skrevet under på",
      meaning: "Indholdet passer ikke til underskriften.",
      advice: signedFile.da,
    },
    en: {
      headline: "The document is not the one that was signed",
      meaning: "The content does not fit the signature.",
      advice: signedFile.en,
    },
  },
  SIGNATURE_INVALID: {
    da: {
      headline: "Underskriften er falsk eller ødelagt",
      meaning: "Den er ikke lavet med det certifikat, den viser.",
      advice: newSignature.da,
    },
    en: {
      headline: "The signature is forged or broken",
      meaning: "It was not made with the certificate it shows.",
      advice: newSignature.en,
    },
  },
  ALGORITHM_UNSUPPORTED: {
    da: {
      headline: "Underskriften bruger en metode, vi ikke kender",
      meaning: "Derfor kan vi ikke kontrollere den.",
      advice: contactSigner.da,
    },
    en: {
      headline: "The signature uses a method we don’t know",
      meaning: "So we can’t check it.",
      advice: contactSigner.en,
    },
  },
  ALGORITHM_WEAK: {
    da: {
      headline: "Underskriften bruger en forældet metode",
      meaning: "Den regnes ikke længere for sikker.",
      advice: contactSigner.da,
    },
    en: {
      headline: "The signature uses an outdated method",
      meaning: "It no longer counts as secure.",
      advice: contactSigner.en,
    },
  },
  ALGORITHM_BROKEN: {
    da: {
      headline: "Underskriften bruger en metode, der er brudt",
      meaning: "Den kan forfalskes og beviser intet.",
      advice: newSignature.da,
    },
    en: {
      headline: "The signature uses a broken method",
      meaning: "It can be forged and proves nothing.",
      advice: newSignature.en,
    },
  },
  KEY_WEAK: {
    da: {
      headline: "Underskriverens nøgle er for kort",
      meaning: "Den regnes ikke længere for sikker.",
      advice: contactSigner.da,
    },
    en: {
      headline: "The signer’s key is too short",
      meaning: "It no longer counts as secure.",
      advice: contactSigner.en,
    },
  },
  SIGNER_CERTIFICATE_MISSING: {
    da: {
      headline: "Underskriverens certifikat mangler",
      meaning: "Vi kan ikke sige, hvem der skrev under.",
      advice: newSignature.da,
    },
    en: {
      headline: "The signer’s certificate is missing",
      meaning: "We can’t say who signed.",
      advice: newSignature.en,
    },
  },
  SIGNING_CERTIFICATE_ATTRIBUTE_MISSING: {
    da: {
      headline: "Underskriften peger ikke på sit certifikat",
      meaning: "Det er almindeligt i ældre underskrifter.",
    },
    en: {
      headline: "The signature does not point at its certificate",
      meaning: "That is common in older signatures.",
    },
  },
  SIGNING_CERTIFICATE_ATTRIBUTE_MISMATCH: {
    da: {
      headline: "Certifikatet er skiftet ud",
      meaning: "Underskriften peger på et andet certifikat end det, der ligger i den.",
      advice: newSignature.da,
    },
    en: {
      headline: "The certificate was replaced",
      meaning: "The signature points at another certificate than the one in it.",
      advice: newSignature.en,
    },
  },
  CERTIFICATE_UNTRUSTED: {
    da: {
      headline: "Vi kender ikke udstederen af certifikatet",
      meaning: "Det står ikke på vores liste over betroede udstedere.",
      advice: contactSigner.da,
    },
    en: {
      headline: "We don’t know who issued the certificate",
      meaning: "The issuer is not on our list of trusted issuers.",
      advice: contactSigner.en,
    },
  },
  CERTIFICATE_SELF_SIGNED: {
    da: {
      headline: "Underskriveren har selv lavet sit certifikat",
      meaning: "Ingen anden står inde for navnet i det.",
      advice: contactSigner.da,
    },
    en: {
      headline: "The signer’s certificate is home-made",
      meaning: "Nobody else vouches for the name in it.",
      advice: contactSigner.en,
    },
  },
  CERTIFICATE_EXPIRED: {
    da: {
      headline: "Certifikatet var udløbet",
      meaning: "Vi kan ikke bevise, at der blev skrevet under i tide.",
      advice: contactSigner.da,
    },
    en: {
      headline: "The certificate had expired",
      meaning: "We can’t prove that it was signed in time.",
      advice: contactSigner.en,
    },
  },
  CERTIFICATE_NOT_YET_VALID: {
    da: {
      headline: "Certifikatet var ikke trådt i kraft",
      meaning: "Tidspunktet passer ikke til certifikatet.",
      advice: contactSigner.da,
    },
    en: {
      headline: "The certificate was not yet in force",
      meaning: "The time does not fit the certificate.",
      advice: contactSigner.en,
    },
  },
  CERTIFICATE_REVOKED: {
    da: {
      headline: "Certifikatet er spærret",
      meaning: "Udstederen har trukket det tilbage.",
      advice: newSignature.da,
    },
    en: {
      headline: "The certificate was revoked",
      meaning: "Its issuer has withdrawn it.",
      advice: newSignature.en,
    },
  },
  CERTIFICATE_KEY_USAGE_WRONG: {
    da: {
      headline: "Certifikatet er ikke til underskrifter",
      meaning: "Det er udstedt til et andet formål.",
      advice: contactSigner.da,
    },
    en: {
      headline: "The certificate is not meant for signatures",
      meaning: "It was issued for another purpose.",
      advice: contactSigner.en,
    },
  },
  CERTIFICATE_CHAIN_CONSTRAINED: {
    da: {
      headline: "Udstederen måtte ikke udstede dette certifikat",
      meaning: "Kæden af certifikater overholder ikke sine egne grænser.",
      advice: contactSigner.da,
    },
    en: {
      headline: "The issuer was not allowed to issue this certificate",
      meaning: "The chain of certificates breaks its own limits.",
      advice: contactSigner.en,
    },
  },
  REVOCATION_UNKNOWN: {
    da: {
      headline: "Vi ved ikke, om certifikatet er spærret",
      meaning: "Filen indeholder ikke svar fra udstederen.",
    },
    en: {
      headline: "We don’t know whether the certificate was revoked",
      meaning: "The file holds no answer from the issuer.",
    },
  },
  TIME_STAMP_INVALID: {
    da: {
      headline: "Tidsstemplet holder ikke",
      meaning: "Det passer ikke til underskriften.",
      advice: newSignature.da,
    },
    en: {
      headline: "The time-stamp does not hold",
      meaning: "It does not fit the signature.",
      advice: newSignature.en,
    },
  },
  TIME_STAMP_UNTRUSTED: {
    da: {
      headline: "Vi kender ikke udstederen af tidsstemplet",
      meaning: "Tidspunktet er derfor ikke bevist.",
    },
    en: {
      headline: "We don’t know who issued the time-stamp",
      meaning: "So the time is not proven.",
    },
  },
  TIME_STAMP_MISSING: {
    da: { headline: "Tidspunktet er underskriverens eget", meaning: "Ingen uafhængig har stemplet tiden." },
    en: { headline: "The time is the signer’s own", meaning: "Nobody independent has stamped the time." },
  },
};
