import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { bounces, bounceTypes } from "../../embedded-aws/ses/bounces.ts";
import { mailEvent as eventOfSes } from "../../embedded-aws/ses/mail-events.ts";
import { mailEvent } from "../../shared/contracts/events.ts";

/** An event that others were sent; it lies beside the repository, not in it. */
const outOfOffice = new URL("../../../shared/corpus/cases/ses-ooto-event.json", import.meta.url);

const envelope = {
  source: "medlemskab@os2.example",
  destinations: ["bo@aarhus.example"],
  configurationSet: "events",
  tags: { "ledger-key": "receipt_1_0123456789abcdef", owner: "case_1" },
  callerIdentity: "deliver-outbox",
  headers: [],
};
const settled = {
  owner: { kind: "case", id: "1" },
  ledgerKey: "receipt_1_0123456789abcdef",
  messageId: "m-1",
};

describe("What SES tells of a mail", () => {
  it.each(bounceTypes.flatMap((type) => Object.keys(bounces[type]).map((subType) => ({ type, subType }))))(
    "closes an address only where the bounce is permanent: $type/$subType",
    ({ type, subType }) => {
      const event = eventOfSes("BOUNCE", "m-1", envelope, envelope.destinations, 0, 0, { type, subType });
      expect(mailEvent.parse(event)).toEqual({
        ...settled,
        state: type === "Permanent" ? "bounced" : "noted",
        bounce: `${type}/${subType}`,
      });
    },
  );

  it("closes no address by a bounce of a type that SES has not had so far", () => {
    const event = eventOfSes("BOUNCE", "m-1", envelope, envelope.destinations, 0, 0);
    const bounce = { bounceType: "Greylisted 4!", bounceSubType: "Deferred" };
    const detail = Object.assign({}, event.detail, { bounce });
    expect(mailEvent.parse({ ...event, detail })).toMatchObject({
      state: "noted",
      bounce: "Unknown/Deferred",
    });
  });

  it.each([
    { kind: "SEND", state: "sent" },
    { kind: "DELIVERY", state: "delivered" },
    { kind: "COMPLAINT", state: "complained" },
  ] as const)("is $state after $kind", ({ kind, state }) => {
    const event = eventOfSes(kind, "m-1", envelope, envelope.destinations, 0, 0);
    expect(mailEvent.parse(event)).toEqual({ ...settled, state });
  });

  /** As SES reports an answer by machine: no diagnosis, only the address. */
  const ofOurs = {
    "detail-type": "Email Bounced",
    detail: {
      eventType: "Bounce",
      bounce: {
        bounceType: "Transient",
        bounceSubType: "General",
        bouncedRecipients: [{ emailAddress: "bo@aarhus.example" }],
      },
      mail: { messageId: "m-1", tags: { "ledger-key": [settled.ledgerKey], owner: ["case_1"] } },
    },
  };

  it("is a note where somebody is out of office", () => {
    expect(mailEvent.parse(ofOurs)).toEqual({ ...settled, state: "noted", bounce: "Transient/General" });
  });

  it.skipIf(!existsSync(outOfOffice))("is a note in the event that others were sent, too", () => {
    const real = JSON.parse(readFileSync(outOfOffice, "utf8")) as typeof ofOurs;
    real.detail.mail.tags = ofOurs.detail.mail.tags;
    expect(mailEvent.parse(real)).toMatchObject({ state: "noted", bounce: "Transient/General" });
  });
});
