import type { AgreementKind, Language } from "../domain/agreement/kind.ts";
import type { FindingCode } from "../domain/judgement/finding-codes.ts";
import type { Judgement } from "../domain/judgement/judgement.ts";
import { bilingual } from "./bilingual.ts";
import { formatNumber } from "./formats.ts";
import { kindWords } from "./kind-words.ts";

export type Light = Judgement["light"];

/** The answer before everything else: what the file is, what that means, what to do. Plain text, shared by page and mail. */
export interface Verdict {
  light: Light;
  /** The light in a word, for whoever can't see the colour. */
  word: string;
  headline: string;
  meaning: string;
  advice: string;
}

interface Words {
  headline: string;
  meaning: string;
  advice: string;
}

/** Who signed validly, for whom by their certificates, and whether that is the applicant. */
interface Signed {
  by: string;
  organisation: string | undefined;
  isApplicant: boolean;
}

interface VerdictTexts {
  word: Record<Light, string>;
  valid: (signatures: number, signed: Signed) => Words;
  wrongKind: (sent: AgreementKind) => Words;
  scan: Words;
  unsigned: Words;
  changed: Words;
  failed: Words;
  undetermined: Words;
  sealed: (platform: string) => Words;
  program: Words;
  otherSigner: Words;
  look: (points: number) => Words;
  redLook: Words;
}

const texts = bilingual<VerdictTexts>({
  da: {
    word: { green: "Grøn", yellow: "Gul", red: "Rød" },
    valid: (signatures, signed) => ({
      headline:
        signatures === 1
          ? "Underskriften er gyldig, og dokumentet er ikke ændret"
          : `Alle ${formatNumber(signatures, "da")} underskrifter er gyldige, og dokumentet er ikke ændret`,
      meaning:
        signed.by === ""
          ? "Underskriften dækker hele dokumentet."
          : `${signed.by} har skrevet under${signed.organisation === undefined ? "" : ` for ${signed.organisation}`}${signed.isApplicant ? ", samme CVR-nummer som i ansøgningen" : ""}.`,
      advice: "Vi har ikke fundet noget, der taler imod at godkende.",
    }),
    wrongKind: (sent) => ({
      headline: `Det er en ${kindWords(sent, "da").agreement}, ikke den aftale, der er søgt om`,
      meaning: "Ansøgeren søger om noget andet, end dokumentet handler om.",
      advice: "Send tilbage, og bed om den rigtige aftale.",
    }),
    scan: {
      headline: "Det er en scanning uden digital underskrift",
      meaning: "Vi kan ikke kontrollere en underskrift på papir. Det kan kun et menneske.",
      advice: "Se på siderne, om der er skrevet under, og hvem aftalen er for.",
    },
    unsigned: {
      headline: "Der er ingen digital underskrift",
      meaning: "Filen er et dokument uden underskrift, eller den er skrevet under på papir.",
      advice: "Se efter en underskrift på siderne. Send tilbage, hvis den mangler.",
    },
    changed: {
      headline: "Ændret efter underskrift",
      meaning:
        "Dokumentet er ændret, efter at der blev skrevet under. Underskriften dækker ikke det, der står nu.",
      advice: "Send tilbage, og bed om den fil, der blev skrevet under.",
    },
    failed: {
      headline: "Underskriften holder ikke",
      meaning: "Den passer ikke til dokumentet, eller den er lavet forkert.",
      advice: "Send tilbage, og bed om en ny underskrift.",
    },
    undetermined: {
      headline: "Underskriften kan ikke bekræftes",
      meaning: "Den er hel, men vi kan ikke bevise, hvem der står bag.",
      advice: "Kontakt underskriveren, før du godkender, eller bed om en ny underskrift.",
    },
    sealed: (platform) => ({
      headline: `Forseglet af platformen${platform === "" ? "" : ` ${platform}`}`,
      meaning: "Seglet viser, at filen er uændret. Det beviser ikke, hvem der skrev under.",
      advice: "Se navn og tidspunkt på platformens underskriftsside, før du godkender.",
    }),
    program: {
      headline: "Filen indeholder et program",
      meaning: "Det kan ændre, hvad du ser. Billedet på siden er tegnet uden at køre det.",
      advice: "Send tilbage, og bed om en PDF uden program.",
    },
    otherSigner: {
      headline: "Underskriveren hører til en anden organisation",
      meaning: "CVR-nummeret i certifikatet er ikke det, ansøgeren har skrevet.",
      advice: "Spørg ansøgeren, hvem der har skrevet under, eller send tilbage.",
    },
    look: (points) => ({
      headline:
        points === 1
          ? "Se på ét punkt, før du afgør"
          : `Se på ${formatNumber(points, "da")} punkter, før du afgør`,
      meaning: "Filen kan læses, men ikke alt kunne bekræftes.",
      advice: "Læs punkterne nedenfor. De siger, hvad du kan gøre.",
    }),
    redLook: {
      headline: "Filen kan ikke stoles på, som den er",
      meaning: "Der er noget mellem dig og det, der blev skrevet under på.",
      advice: "Send tilbage, og bed om en ny fil.",
    },
  },
  en: {
    word: { green: "Green", yellow: "Yellow", red: "Red" },
    valid: (signatures, signed) => ({
      headline:
        signatures === 1
          ? "The signature is valid, and the document is unchanged"
          : `All ${formatNumber(signatures, "en")} signatures are valid, and the document is unchanged`,
      meaning:
        signed.by === ""
          ? "The signature covers the whole document."
          : `Signed by ${signed.by}${signed.organisation === undefined ? "" : ` for ${signed.organisation}`}${signed.isApplicant ? ", the same CVR number as in the application" : ""}.`,
      advice: "We have found nothing that speaks against approving.",
    }),
    wrongKind: (sent) => ({
      headline: `This is a ${kindWords(sent, "en").agreement}, not the agreement applied for`,
      meaning: "The applicant asks for something else than the document is about.",
      advice: "Send it back and ask for the right agreement.",
    }),
    scan: {
      headline: "This is a scan without a digital signature",
      meaning: "We can’t check a signature on paper. Only a person can.",
      advice: "Look at the pages: is it signed, and who is the agreement for?",
    },
    unsigned: {
      headline: "There is no digital signature",
      meaning: "The file is an unsigned document, or it was signed on paper.",
      advice: "Look for a signature on the pages. Send it back if there is none.",
    },
    changed: {
      headline: "Changed after signing",
      meaning:
        "The document was changed after it was signed. The signature does not cover what stands there now.",
      advice: "Send it back and ask for the file that was signed.",
    },
    failed: {
      headline: "The signature does not hold",
      meaning: "It does not fit the document, or it was made wrongly.",
      advice: "Send it back and ask for a new signature.",
    },
    undetermined: {
      headline: "The signature can’t be confirmed",
      meaning: "It is whole, but we can’t prove who is behind it.",
      advice: "Contact the signer before you approve, or ask for a new signature.",
    },
    sealed: (platform) => ({
      headline: `Sealed by the platform${platform === "" ? "" : ` ${platform}`}`,
      meaning: "The seal shows that the file is unchanged. It does not prove who signed.",
      advice: "See name and time on the platform’s signature page before you approve.",
    }),
    program: {
      headline: "The file contains a program",
      meaning: "It can change what you see. The image on the page was drawn without running it.",
      advice: "Send it back and ask for a PDF without a program.",
    },
    otherSigner: {
      headline: "The signer belongs to another organisation",
      meaning: "The CVR number in the certificate is not the one the applicant gave.",
      advice: "Ask the applicant who signed, or send it back.",
    },
    look: (points) => ({
      headline:
        points === 1
          ? "Look at one point before you decide"
          : `Look at ${formatNumber(points, "en")} points before you decide`,
      meaning: "The file can be read, but not everything could be confirmed.",
      advice: "Read the points below. They say what you can do.",
    }),
    redLook: {
      headline: "The file can’t be trusted as it is",
      meaning: "Something stands between you and what was signed.",
      advice: "Send it back and ask for a new file.",
    },
  },
});

/** "Anna Eksempel og Bo Prøve" of those whose signature holds; a platform is not a person. */
function signedBy(judgement: Judgement, language: Language): Signed {
  const list = new Intl.ListFormat(language === "da" ? "da-DK" : "en-GB");
  const people = judgement.signatures
    .filter(({ indication, platform }) => indication === "TOTAL_PASSED" && platform === undefined)
    .flatMap(({ signer }) => signer ?? []);
  const organisations = new Set(people.map(({ organisation }) => organisation));
  return {
    by: list.format(new Set(people.map(({ commonName }) => commonName))),
    organisation: organisations.size === 1 ? [...organisations][0] : undefined,
    isApplicant: judgement.findings.some(({ code }) => code === "SIGNER_CVR_MATCHES"),
  };
}

/**
 * Says a judgement in one breath. The gravest true thing leads; everything else stands in the findings.
 * "Gyldig" is only ever said of a file whose every signature is TOTAL_PASSED.
 */
export function verdictOf(judgement: Judgement, language: Language): Verdict {
  const text = texts[language];
  const codes = new Set<FindingCode>(judgement.findings.map((finding) => finding.code));
  const open = judgement.findings.filter((finding) => finding.severity !== "info").length;
  const platforms = [...new Set(judgement.signatures.flatMap((signature) => signature.platform ?? []))].join(
    ", ",
  );
  const { template } = judgement;
  const leads: readonly (readonly [boolean, () => Words])[] = [
    [
      judgement.light === "green",
      () =>
        text.valid(
          judgement.signatures.filter(({ kind }) => kind === "signature").length,
          signedBy(judgement, language),
        ),
    ],
    [codes.has("CHANGED_AFTER_SIGNING"), () => text.changed],
    [codes.has("SIGNATURE_FAILED"), () => text.failed],
    [codes.has("JAVASCRIPT"), () => text.program],
    [judgement.light === "red", () => text.redLook],
    ...(template !== undefined && codes.has("AGREEMENT_WRONG_KIND")
      ? [[true, () => text.wrongKind(template.kind)] as const]
      : []),
    [codes.has("SIGNER_CVR_DIFFERS"), () => text.otherSigner],
    [codes.has("UNSIGNED") && codes.has("NO_TEXT"), () => text.scan],
    [codes.has("UNSIGNED"), () => text.unsigned],
    [codes.has("SEALED_BY_PLATFORM_ONLY"), () => text.sealed(platforms)],
    [codes.has("SIGNATURE_UNDETERMINED"), () => text.undetermined],
  ];
  const words = leads.find(([holds]) => holds)?.[1]() ?? text.look(open);
  return { light: judgement.light, word: text.word[judgement.light], ...words };
}
