import { applicationFormPage } from "../../shared/pages/application-form-page.ts";
import { decidedPage } from "../../shared/pages/decided-page.ts";
import { taskPage } from "../../shared/pages/task-page.ts";
import { uploadPage } from "../../shared/pages/upload-page.ts";
import { address } from "../support/builders/an-application.ts";
import { judgements, monday } from "../support/page-fixtures.ts";
import { type Draw, decided, key, upload, withDecision, withStatus } from "./sample-views.ts";

/** The pages that show what strangers typed, with the worst of it in every place. */
export function hostileGallery(name: string): Record<string, Draw> {
  const person = { name, title: name, email: "a@b.example", phone: "12 34 56 78" };
  return {
    form: (chrome) =>
      applicationFormPage(
        {
          kind: "member",
          values: { "organisation.name": name, "signer.name": name, "contact.email": name },
          errors: [{ field: name, code: "TOO_LONG" }],
        },
        chrome,
      ),
    upload: (chrome) => uploadPage({ ...upload, organisationName: name }, chrome),
    status: withStatus({
      organisation: { name, cvr: "12345674" },
      signer: person,
      contact: person,
      status: "declined",
      reason: { stage: "chair", text: name },
    }),
    decision: withDecision({
      organisation: { name, cvr: "12345674" },
      signer: person,
      contact: person,
      approver: `${"a".repeat(64)}@eksempelby.example`,
      endorsedBy: { name, at: monday },
      typed: { decision: "decline", reason: name },
      judgement: {
        ...judgements.changed,
        findings: judgements.changed.findings.map((found) => ({ ...found, detail: name.slice(0, 200) })),
        signatures: judgements.changed.signatures.map((signature) => ({
          ...signature,
          field: name.slice(0, 200),
          changes: [name.slice(0, 200)],
          signer: { commonName: name.slice(0, 200), issuer: name.slice(0, 200), certificateSha256: "ab" },
        })),
      },
    }),
    decided: (chrome) =>
      decidedPage({ ...decided, organisationName: name, decidedBy: name, reason: name }, chrome),
    task: (chrome) =>
      taskPage(
        {
          taskPath: `/tasks/${key}`,
          reader: "sekretaer1@os2.example",
          problems: [],
          reason: "STEP_FAILED",
          detail: name,
          openedAt: monday,
          expiresAt: monday,
          reference: "A-2026-0117",
          kind: "member",
          name,
          contact: { ...person, email: address(person.email) },
          resolutions: ["retry"],
        },
        chrome,
      ),
  };
}
