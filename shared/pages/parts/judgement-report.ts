import type { Language } from "../../domain/agreement/kind.ts";
import type { Finding, Judgement, SignatureJudgement } from "../../domain/judgement/judgement.ts";
import { bilingual } from "../../words/bilingual.ts";
import { changeWords } from "../../words/change-words.ts";
import { findingText } from "../../words/finding-texts/finding-texts.ts";
import { formatBytes, formatCvr, formatDateTime } from "../../words/formats.ts";
import { kindWords } from "../../words/kind-words.ts";
import { toldFindings } from "../../words/told-findings.ts";
import type { AssetUrls } from "../kit/assets.ts";
import { type Html, html } from "../kit/html.ts";
import { icon } from "../kit/icon.ts";
import { facts } from "../kit/page-parts.ts";

const texts = bilingual({
  da: {
    whoSigned: "Hvem har skrevet under?",
    nobody: "Ingen digital underskrift i filen.",
    name: "Navn",
    platform: "Segl",
    timeStampBy: "Tidsstempel",
    unknown: "Ukendt",
    sealedBy: (platform: string) => `Forseglet af platformen ${platform}`,
    organisation: "Organisation",
    issuer: "Skrev under med",
    issuedBy: (issuer: string) => `Certifikat fra ${issuer}`,
    time: "Tidspunkt",
    timeUnproven: "ifølge underskriverens eget ur",
    result: "Resultat",
    results: {
      TOTAL_PASSED: "Gyldig",
      INDETERMINATE: "Kan ikke bekræftes",
      TOTAL_FAILED: "Holder ikke",
    },
    sealIntact: "Forseglet af platformen, uændret siden",
    partial: "Dækker ikke hele filen, som den er nu",
    changes: "Ændret bagefter",
    found: "Det har vi fundet",
    foundNothing: "Vi har ikke fundet andet.",
    todo: "Gør: ",
    checks: (count: number) =>
      count === 1 ? "Én kontrol med resultat" : `Alle ${count} kontroller med resultat`,
    detail: "Fundet: ",
    missing: "Mangler: ",
    field: (name: string) => `Underskriftsfelt ${name}`,
    aboutFile: "Om filen",
    pages: "Sider",
    size: "Størrelse",
    fingerprint: "Fingeraftryk (SHA-256)",
    template: "Aftale",
    templateText: (agreement: string, version: string, current: boolean) =>
      `${agreement}, udgave ${version}${current ? ", den nyeste" : ", ikke den nyeste"}`,
    severity: { good: "I orden", info: "Til orientering", look: "Se på det", bad: "Alvorligt" },
  },
  en: {
    whoSigned: "Who signed?",
    nobody: "No digital signature in the file.",
    name: "Name",
    platform: "Seal",
    timeStampBy: "Time-stamp",
    unknown: "Unknown",
    sealedBy: (platform: string) => `Sealed by the platform ${platform}`,
    organisation: "Organisation",
    issuer: "Signed with",
    issuedBy: (issuer: string) => `Certificate from ${issuer}`,
    time: "Time",
    timeUnproven: "by the signer’s own clock",
    result: "Result",
    results: { TOTAL_PASSED: "Valid", INDETERMINATE: "Can’t be confirmed", TOTAL_FAILED: "Does not hold" },
    sealIntact: "Sealed by the platform, unchanged since",
    partial: "Does not cover the whole file as it is now",
    changes: "Changed afterwards",
    found: "What we found",
    foundNothing: "We found nothing else.",
    todo: "Do this: ",
    checks: (count: number) =>
      count === 1 ? "One check with a result" : `All ${count} checks with a result`,
    detail: "Found: ",
    missing: "Missing: ",
    field: (name: string) => `Signature field ${name}`,
    aboutFile: "About the file",
    pages: "Pages",
    size: "Size",
    fingerprint: "Fingerprint (SHA-256)",
    template: "Agreement",
    templateText: (agreement: string, version: string, current: boolean) =>
      `${agreement}, version ${version}${current ? ", the newest" : ", not the newest"}`,
    severity: { good: "In order", info: "For your information", look: "Have a look", bad: "Serious" },
  },
});

/** Findings that speak for the document; any other `info` is neutral. */
const good: ReadonlySet<Finding["code"]> = new Set([
  "CVR_IN_TEXT",
  "AGREEMENT_RECOGNISED",
  "SIGNER_CVR_MATCHES",
  "ALL_SIGNATURES_VALID",
]);

function weightOf(finding: Finding, light: Judgement["light"]): "good" | "info" | "look" | "bad" {
  if (good.has(finding.code)) return "good";
  if (finding.severity === "info") return "info";
  return light === "red" && grave.has(finding.code) ? "bad" : "look";
}

const grave: ReadonlySet<Finding["code"]> = new Set([
  "CHANGED_AFTER_SIGNING",
  "SIGNATURE_FAILED",
  "JAVASCRIPT",
]);

const weightIcons = { good: "success", info: "info", look: "warning", bad: "error" } as const;

/** A detail is a name, a number or a place from the file. CVR numbers are shown as people read them. */
function detailText({ code, detail }: Finding, language: Language): string | undefined {
  const { detail: found, missing } = texts[language];
  const label = code === "AGREEMENT_CLAUSES_MISSING" ? missing : found;
  return detail === undefined ? undefined : `${label}${detail.replace(/\b\d{8}\b/g, formatCvr)}.`;
}

export function signersSection(judgement: Judgement, language: Language): Html {
  const text = texts[language];
  const signatures = judgement.signatures.filter((signature) => signature.kind === "signature");
  return html`<section><h2 class="o-h2">${text.whoSigned}</h2>
${signatures.length === 0 ? html`<p class="o-tight">${text.nobody}</p>` : signatures.map((signature) => signatureFacts(signature, language))}
</section>`;
}

function signatureFacts(signature: SignatureJudgement, language: Language): Html {
  const text = texts[language];
  const { signer, platform } = signature;
  const time =
    signature.signingTime !== undefined &&
    html`${formatDateTime(Date.parse(signature.signingTime), language)}${!signature.signingTimeProven && html`, ${text.timeUnproven}`}`;
  const passed = signature.indication === "TOTAL_PASSED";
  const result = platform !== undefined && passed ? text.sealIntact : text.results[signature.indication];
  return facts([
    platform === undefined
      ? [text.name, html`<strong>${signer?.commonName ?? text.unknown}</strong>`]
      : [text.platform, html`<strong>${text.sealedBy(platform)}</strong>`],
    [
      text.organisation,
      platform === undefined &&
        signer?.organisation !== undefined &&
        `${signer.organisation}${signer.cvr === undefined ? "" : `, CVR ${formatCvr(signer.cvr)}`}`,
    ],
    [text.issuer, platform === undefined && signer && text.issuedBy(signer.issuer)],
    [text.time, time],
    [
      text.result,
      html`<strong>${result}</strong>${!signature.coversWholeDocument && html`<br>${text.partial}`}`,
    ],
    [
      text.changes,
      signature.changes.length > 0 &&
        html`<ul class="o-plain-list o-compact" role="list">${signature.changes.map((change) => html`<li>${changeWords(change, language)}</li>`)}</ul>`,
    ],
  ]);
}

/** What a person must look at first, then what speaks for the document. */
export function findingsSection(judgement: Judgement, language: Language, assets: AssetUrls): Html {
  const text = texts[language];
  const order = { bad: 0, look: 1, info: 2, good: 3 } as const;
  const findings = toldFindings(judgement.findings).sort(
    (a, b) => order[weightOf(a, judgement.light)] - order[weightOf(b, judgement.light)],
  );
  return html`<section><h2 class="o-h2">${text.found}</h2>
${
  findings.length === 0
    ? html`<p class="o-tight">${text.foundNothing}</p>`
    : html`<ul class="o-findings" role="list">${findings.map((finding) => findingItem(finding, judgement, language, assets))}</ul>`
}
</section>`;
}

function findingItem(finding: Finding, judgement: Judgement, language: Language, assets: AssetUrls): Html {
  const words = findingText(finding.code, language);
  const weight = weightOf(finding, judgement.light);
  const detail = detailText(finding, language);
  const { severity } = texts[language];
  return html`<li class="o-finding o-finding--${weight}">${icon(weightIcons[weight], assets)}<div>
<h3 class="o-finding-title"><span class="sr-only">${severity[weight]}: </span>${words.headline}</h3>
<p>${words.meaning}${detail !== undefined && html` <span class="o-detail">${detail}</span>`}</p>
${words.advice && weight !== "good" && html`<p class="o-advice">${icon("arrow-forward", assets)}<span>${words.advice}</span></p>`}
</div></li>`;
}

/** Every check with a result, those of each signature too: for whoever wants to know all of it. */
export function checksFold(judgement: Judgement, language: Language): { title: string; body: Html } {
  const text = texts[language];
  const groups = [
    { title: undefined, findings: judgement.findings },
    ...judgement.signatures.map((signature) => ({
      title: text.field(signature.field),
      findings: signature.findings,
    })),
  ].filter(({ findings }) => findings.length > 0);
  const count = groups.reduce((total, { findings }) => total + findings.length, 0);
  return {
    title: text.checks(count),
    body: html`${groups.map(
      ({ title, findings }) => html`${title && html`<p class="o-group-label"><strong>${title}</strong></p>`}
<ul class="o-plain-list o-compact" role="list">${findings.map((finding) => {
        const words = findingText(finding.code, language);
        const detail = detailText(finding, language);
        return html`<li><strong>${words.headline}.</strong> ${words.meaning}${detail !== undefined && ` ${detail}`} <code class="o-code">${finding.code}</code></li>`;
      })}</ul>`,
    )}`,
  };
}

export function fileFold(
  judgement: Judgement,
  sha256: string,
  language: Language,
): { title: string; body: Html } {
  const text = texts[language];
  const { template } = judgement;
  return {
    title: text.aboutFile,
    body: facts([
      [text.pages, String(judgement.pages)],
      [text.size, formatBytes(judgement.bytes, language)],
      [
        text.template,
        template &&
          text.templateText(
            kindWords(template.kind, language).agreementTitle,
            template.version,
            template.current,
          ),
      ],
      [text.fingerprint, html`<code class="o-code">${sha256}</code>`],
    ]),
  };
}
