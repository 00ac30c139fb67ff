import { describe, expect, it } from "vitest";
import { submitApplication } from "../../functions/submit-application/submit-application.ts";
import { anApplication, aRequest, contact, openOffice } from "../support/office.ts";

const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();
const complete = {
  kind: "member",
  "organisation.name": "Aarhus Kommune",
  "organisation.cvr": "55 13 30 18",
  "organisation.gln": "",
  "signer.name": "Anna Eksempel",
  "signer.title": "Direktør",
  "signer.hasAuthority": "on",
  "contact.name": "Bo Prøve",
  "contact.email": "bo@aarhus.example",
};

describe("A program that applies", () => {
  const ask = (given: { origin?: string; contentType?: string }) =>
    aRequest("POST /api/agreements", {}, { body: JSON.stringify(anApplication()), ...given });

  it.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])(
    "is refused when it sends %j, which a browser sends for anybody without asking",
    async (contentType) => {
      const office = await openOffice();
      expect(await submitApplication(ask({ contentType }), office)).toMatchObject({
        outcome: "not-json",
        json: { code: "NOT_JSON" },
      });
      expect(office.files.of("case")).toHaveLength(0);
    },
  );

  it("is refused from another site, and taken from ours and from no browser", async () => {
    const office = await openOffice();
    for (const origin of ["https://evil.example", "null"])
      expect(await submitApplication(ask({ origin }), office)).toMatchObject({
        outcome: "foreign-origin",
        json: { code: "FOREIGN_ORIGIN" },
      });
    expect(office.files.of("case")).toHaveLength(0);
    expect((await submitApplication(ask({ origin: "https://aftale.example" }), office)).outcome).toBe(
      "created",
    );
  });
});

describe("An application", () => {
  it("is answered with a case number, a status address and a policy for one upload", async () => {
    const office = await openOffice();
    expect(await office.submit()).toMatchObject({
      outcome: "created",
      json: {
        caseNumber: "A-2026-0001",
        statusUrl: expect.stringMatching(/^https:\/\/aftale\.example\/agreements\/k1\./),
        upload: {
          url: expect.any(String),
          fields: { key: expect.stringMatching(/^uploads\/[0-9a-f]{32}\.pdf$/) },
        },
      },
    });
    expect(office.mailsTo(contact)[0]?.text).toContain("https://aftale.example/confirmations/");
  });

  it.each([
    [
      "a wrong check digit",
      { "organisation.cvr": "41849984" },
      [{ field: "organisation.cvr", code: "CVR_CHECK_DIGIT" }],
    ],
    [
      "a name with a line break",
      { "organisation.name": "Aarhus\r\nBcc: x@y.dk" },
      [{ field: "organisation.name", code: "CONTROL_CHARACTERS" }],
    ],
    [
      "a name that is there and can't be seen",
      { "organisation.name": "\u3164\u200b\u{e0041}\u2800" },
      [{ field: "organisation.name", code: "REQUIRED" }],
    ],
    [
      "a name that tells where to go",
      { "organisation.name": "HASTER: bekræft jeres MitID på https://evil.example" },
      [{ field: "organisation.name", code: "WEB_ADDRESS" }],
    ],
    [
      "a P-number for a CVR number",
      { "organisation.cvr": "1012345678" },
      [{ field: "organisation.cvr", code: "CVR_IS_P_NUMBER" }],
    ],
    [
      "a name of 301 letters",
      { "organisation.name": "Ø".repeat(301) },
      [{ field: "organisation.name", code: "TOO_LONG" }],
    ],
    [
      "no attestation",
      { "signer.hasAuthority": "" },
      [{ field: "signer.hasAuthority", code: "ATTESTATION_REQUIRED" }],
    ],
    [
      "a quoted address",
      { "contact.email": '"a b"@c.dk' },
      [{ field: "contact.email", code: "EMAIL_FORMAT" }],
    ],
    [
      "a wrong EAN number",
      { "organisation.gln": "5790000423409" },
      [{ field: "organisation.gln", code: "GLN_CHECK_DIGIT" }],
    ],
    [
      "half an address",
      { "organisation.address.street": "Vej 1" },
      [
        { field: "organisation.address.postalCode", code: "REQUIRED" },
        { field: "organisation.address.city", code: "REQUIRED" },
      ],
    ],
  ])("with %s is refused, with what was typed kept", async (_what, spoiled, errors) => {
    const office = await openOffice();
    const asForm = await submitApplication(
      aRequest("POST /agreements", {}, { body: form({ ...complete, ...spoiled }) }),
      office,
    );
    expect(asForm.outcome).toBe("malformed");
    expect("page" in asForm && asForm.page).toContain("Anna Eksempel");
    for (const { field } of errors) expect("page" in asForm && asForm.page).toContain(`href="#${field}"`);
    expect(office.mailer.sent).toEqual([]);
  });

  it("with everything wrong gets every error at once, in its own language", async () => {
    const office = await openOffice();
    const reply = await office.submit({ language: "en" });
    expect(reply.outcome).toBe("malformed");
    const { errors } = ("json" in reply ? reply.json : { errors: [] }) as {
      errors: { field: string; message: string }[];
    };
    expect(errors.map(({ field }) => field)).toEqual([
      "kind",
      "organisation.name",
      "organisation.cvr",
      "signer.name",
      "signer.title",
      "signer.hasAuthority",
      "contact.name",
      "contact.email",
    ]);
    expect(errors[1]?.message).toBe("Enter the name of your organisation");
  });

  it.each([
    "",
    "not json",
    "[]",
    "null",
    '{"kind":5}',
    '{"organisation":[1]}',
    '{"__proto__":{"kind":"member"}}',
  ])("that is %j is refused and breaks nothing", async (body) => {
    const office = await openOffice();
    expect((await submitApplication(aRequest("POST /api/agreements", {}, { body }), office)).outcome).toBe(
      "malformed",
    );
  });

  it.each(["<script>alert(1)</script> Kommune", "Ærø & Læsø Østkommune", "Ø".repeat(300), "Łódź Gmina"])(
    "from %s is taken as it is",
    async (name) => {
      const office = await openOffice();
      const { caseId, key } = await office.apply(anApplication({ name }));
      expect(office.file(caseId).organisation.name).toBe(name);
      expect(office.mailer.sent[0]?.html).not.toContain("<script>");
      expect((await office.caseStatus(key)).outcome).toBe("shown");
    },
  );

  it.each([
    ["[]", "a list"],
    ['"hej"', "a text"],
    ["5", "a number"],
    ["null", "nothing"],
  ])(
    "that is %s (%s) is told field by field what is missing, each with a code and a sentence",
    async (body) => {
      const office = await openOffice();
      const reply = await submitApplication(aRequest("POST /api/agreements", {}, { body }), office);
      const { errors } = ("json" in reply ? reply.json : {}) as { errors: Record<string, string>[] };
      expect(errors.length).toBeGreaterThan(5);
      for (const error of errors)
        expect(error).toEqual({
          field: expect.stringMatching(/^[a-zA-Z.]+$/),
          code: expect.stringMatching(/^[A-Z_]+$/),
          message: expect.stringMatching(/^[A-ZÆØÅ]/),
        });
    },
  );

  it("with half a character in a name is refused at that field and breaks nothing", async () => {
    const office = await openOffice();
    const body = JSON.stringify({
      ...anApplication(),
      signer: { name: "Bo \ud800", title: "Chef", hasAuthority: true },
    });
    const reply = await submitApplication(aRequest("POST /api/agreements", {}, { body }), office);
    expect(reply).toMatchObject({
      outcome: "malformed",
      json: { errors: [{ field: "signer.name", code: "ILL_FORMED_TEXT" }] },
    });
  });

  it("whose form names no kind that there is opens nothing and says where to begin", async () => {
    const office = await openOffice();
    const body = form({ ...complete, kind: "sponsor" });
    const reply = await submitApplication(aRequest("POST /agreements", {}, { body }), office);
    expect(reply.outcome).toBe("malformed");
    expect("page" in reply && reply.page).toContain("Begynd igen fra forsiden");
    expect(office.files.byOwner.size).toBe(0);
  });

  it("without a script goes on to the upload page", async () => {
    const office = await openOffice();
    expect(
      await submitApplication(aRequest("POST /agreements", {}, { body: form(complete) }), office),
    ).toMatchObject({
      outcome: "see-other",
      location: expect.stringMatching(/^\/agreements\/k1\.[\w.-]+\/upload$/),
    });
  });

  it("posted from another site is refused", async () => {
    const office = await openOffice();
    const reply = await submitApplication(
      aRequest("POST /agreements", {}, { body: form(complete), origin: "https://evil.example" }),
      office,
    );
    expect(reply.outcome).toBe("foreign-origin");
    expect(office.files.byOwner.size).toBe(0);
  });

  it("made five times before the address answers waits five times, and one of them becomes the case", async () => {
    const office = await openOffice();
    const applied = [];
    for (let time = 0; time < 5; time += 1)
      applied.push(await office.apply(anApplication(), { confirmed: false }));
    const replies = await Promise.all(applied.map(({ caseId }) => office.confirm(caseId)));
    expect(replies.filter(({ outcome }) => outcome === "see-other")).toHaveLength(1);
    const [open] = await office.cases.openCases();
    const others = applied.filter(({ caseId }) => caseId !== open);
    for (const { key } of others) expect((await office.caseStatus(key)).outcome).toBe("unknown");
    expect(await office.submit()).toMatchObject({ outcome: "conflict", json: { code: "OPEN_CASE_EXISTS" } });
  });

  it("made again by the contact of an open case gets the status link again, once a day, and takes no number", async () => {
    const office = await openOffice();
    await office.apply();
    for (let again = 0; again < 3; again += 1) expect((await office.submit()).outcome).toBe("conflict");
    expect(office.mailsTo(contact)).toHaveLength(3);
    await office.pass(1);
    await office.submit();
    expect(office.mailsTo(contact)).toHaveLength(4);
    const other = await office.apply(anApplication({ cvr: "35209115" }));
    expect(office.file(other.caseId).case.caseNumber).toBe("A-2026-0002");
  });

  it("sent again with the same key gets the same address and a fresh policy, and opens nothing more", async () => {
    const office = await openOffice();
    const again = () => office.submit(anApplication(), "203.0.113.7", "5b1c3b1e-key");
    const [first, second] = await Promise.all([again(), again()]);
    const third = await again();
    for (const reply of [second, third])
      expect(reply).toMatchObject({ outcome: "created", json: "json" in first ? first.json : {} });
    expect(office.files.of("case")).toHaveLength(1);
    expect(office.mailsTo(contact)).toHaveLength(1);
    const { statusUrl } = ("json" in third ? third.json : {}) as { statusUrl: string };
    expect((await office.caseStatus(statusUrl.split("/").at(-1) ?? "")).outcome).toBe("shown");
    // Also once the case is the contact's open one, and not a day later.
    await office.confirm(office.files.of("case")[0]?.case.id as never);
    expect((await again()).outcome).toBe("created");
    await office.pass(1);
    expect((await again()).outcome).toBe("conflict");
  });

  it("with another body under the same key is refused; from somewhere else, or without a key, it is a new one", async () => {
    const office = await openOffice();
    await office.submit(anApplication(), "203.0.113.7", "key");
    expect(await office.submit(anApplication({ name: "En anden" }), "203.0.113.7", "key")).toMatchObject({
      outcome: "conflict",
      json: { code: "IDEMPOTENCY_KEY_REUSED" },
    });
    await office.submit(anApplication(), "203.0.113.8", "key");
    await office.submit();
    expect(office.files.of("case")).toHaveLength(3);
  });

  it("whose form is sent twice leads to the same upload page", async () => {
    const office = await openOffice();
    const send = (fields: Record<string, string>) =>
      submitApplication(aRequest("POST /agreements", {}, { body: form({ ...complete, ...fields }) }), office);
    const first = await send({ nonce: "n1" });
    expect(await send({ nonce: "n1" })).toEqual(first);
    expect(await send({ nonce: "n2" })).not.toEqual(first);
    const changed = await send({ nonce: "n1", "contact.name": "Ida" });
    expect(changed.outcome).toBe("conflict");
    expect("page" in changed && changed.page).toContain("Formularen er sendt før");
    expect(office.files.of("case")).toHaveLength(2);
  });

  it("for a body that a stranger has applied for is taken all the same: nobody can occupy a CVR number", async () => {
    const office = await openOffice();
    await office.apply({ ...anApplication(), contact: { name: "Fremmed", email: "fremmed@example.com" } });
    const { caseId } = await office.apply();
    expect(office.status(caseId)).toBe("awaiting-upload");
  });

  it("beyond the ceiling of an address, or of an address and a CVR, is asked to come back later", async () => {
    const office = await openOffice({ ceilings: { "forms-per-address": 3, "forms-per-cvr": 2 } });
    await office.submit();
    await office.submit();
    expect((await office.submit(anApplication(), "203.0.113.8")).outcome).toBe("created");
    expect(await office.submit()).toMatchObject({
      outcome: "too-many",
      retryAfterSeconds: expect.any(Number),
    });
    expect(await office.submit(anApplication({ cvr: "41849983" }))).toMatchObject({ outcome: "too-many" });
    expect(await office.submit(anApplication({ cvr: "35209115" }))).toMatchObject({ outcome: "too-many" });
    expect((await office.submit(anApplication({ cvr: "35209115" }), "203.0.113.9")).outcome).toBe("created");
  });
});
