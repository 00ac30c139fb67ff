import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { assemblyOf } from "../infra/cloud-assembly.ts";
import { chair, type Office, type OfficeOptions, openOffice, secretary } from "../support/office.ts";
import { definitionOf } from "./rehearsal.ts";

/**
 * Definitions as they were released. A running execution keeps the one it began under, so each of them must complete
 * on today's functions. One is added with each release that changes the definition; none is ever changed.
 */
const RELEASED = ["agreement-intake-1.json"] as const;

const read = (file: string) =>
  z.json().parse(JSON.parse(readFileSync(new URL(`./released/${file}`, import.meta.url), "utf8")));

const today = async () => definitionOf(await assemblyOf("local"));

describe.each(RELEASED)("An execution under the released definition %s", (file) => {
  const openedUnder = (options: OfficeOptions = {}) => openOffice({ ...options, definition: read(file) });

  async function approve(office: Office): Promise<void> {
    await office.decide(secretary, "approve");
    await office.decide(chair, "approve");
  }

  it("completes on the functions of today", async () => {
    const office = await openedUnder();
    const { caseId } = await office.apply();
    await office.upload(caseId, "the agreement");
    await approve(office);
    expect(office.wrongWays).toEqual([]);
    expect(office.status(caseId)).toBe("admitted");
    expect(office.executions().map(({ status }) => status)).toEqual(["SUCCEEDED"]);
  });

  it("that waits while a new definition is deployed goes on when it is answered", async () => {
    const office = await openedUnder();
    const { caseId } = await office.apply();
    await office.upload(caseId, "the agreement");
    await office.deploy({ ...z.record(z.string(), z.json()).parse(await today()), Comment: "a later one" });
    await approve(office);
    expect(office.wrongWays).toEqual([]);
    expect(office.status(caseId)).toBe("admitted");
  });

  it("that waits is moved to today's definition by the sweep, and nobody is asked twice", async () => {
    const office = await openedUnder();
    const { caseId } = await office.apply();
    await office.upload(caseId, "the agreement");
    await office.deploy({ ...z.record(z.string(), z.json()).parse(await today()), Comment: "a later one" });
    expect(await office.sweep()).toMatchObject({ moved: 1, failed: 0 });
    expect(await office.sweep()).toMatchObject({ moved: 0, started: 0, failed: 0 });
    expect(
      office
        .executions()
        .map(({ status }) => status)
        .toSorted(),
    ).toEqual(["ABORTED", "RUNNING"]);
    expect(office.mailsTo(secretary)).toHaveLength(1);
    await approve(office);
    expect(office.status(caseId)).toBe("admitted");
  });

  it("that was held goes on under the definition of the day a person resolves its task", async () => {
    const office = await openedUnder({ scan: "silent" });
    const { caseId } = await office.apply();
    const upload = await office.upload(caseId, "the agreement");
    await office.pass(1 / 24);
    expect(office.status(caseId)).toBe("held");
    await office.deploy({ ...z.record(z.string(), z.json()).parse(await today()), Comment: "a later one" });
    expect(await office.sweep()).toMatchObject({ moved: 0, started: 0 });
    await office.scan(upload, "NO_THREATS_FOUND");
    await office.resolve(office.taskOf(secretary), "retry");
    await approve(office);
    expect(office.status(caseId)).toBe("admitted");
    expect(office.executions().map(({ status }) => status)).toEqual(["SUCCEEDED", "SUCCEEDED"]);
  });
});
