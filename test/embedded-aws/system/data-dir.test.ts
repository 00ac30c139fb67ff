import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readSavedOffset, saveOffset } from "../../../embedded-aws/clock-offset.ts";
import { emptyDataDir, prepareDataDir } from "../../../embedded-aws/data-dir.ts";
import { lockDataDir } from "../../../embedded-aws/data-dir-lock.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "data-dir-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const holder = () => JSON.parse(readFileSync(join(folder, "lock.json"), "utf8"));

describe("a data folder", () => {
  it("is one system's at a time, and another's when the first has ended", () => {
    const lock = lockDataDir(folder);
    expect(() => lockDataDir(folder)).toThrow(`process id ${process.pid} already runs on`);
    lock.release();
    lockDataDir(folder).release();
    expect(existsSync(join(folder, "lock.json"))).toBe(false);
  });

  it("that a killed system left is taken over", async () => {
    const killed = spawn(process.execPath, ["--eval", "setTimeout(() => {}, 60_000)"]);
    const { pid } = killed;
    writeFileSync(join(folder, "lock.json"), JSON.stringify({ pid, began: "" }));
    expect(() => lockDataDir(folder)).toThrow("already runs");
    killed.kill("SIGKILL");
    await once(killed, "exit");
    lockDataDir(folder);
    expect(holder()).toMatchObject({ pid: process.pid });
  });

  it("is not kept by a stranger who got the killed system's process id", () => {
    writeFileSync(join(folder, "lock.json"), JSON.stringify({ pid: process.pid, began: "long ago" }));
    lockDataDir(folder);
    expect(holder().began).not.toBe("long ago");
  });

  it("is taken over when the kill tore the lock itself", () => {
    writeFileSync(join(folder, "lock.json"), '{"pid":');
    lockDataDir(folder);
    expect(holder()).toMatchObject({ pid: process.pid });
  });

  it("is emptied for a fresh start, but for the lock", () => {
    const { file } = lockDataDir(folder);
    prepareDataDir(folder);
    writeFileSync(join(folder, "register"), "x");
    emptyDataDir(folder, file);
    expect(readdirSync(folder)).toEqual(["lock.json"]);
  });

  it("is never emptied when it holds other people's files", () => {
    writeFileSync(join(folder, "thesis.docx"), "x");
    expect(() => emptyDataDir(folder, "lock.json")).toThrow("holds other things");
    expect(readdirSync(folder)).toEqual(["thesis.docx"]);
  });

  it("remembers how far the clock was moved", () => {
    expect(readSavedOffset(folder)).toBe(0);
    saveOffset(folder, 86_400_000);
    expect(readSavedOffset(folder)).toBe(86_400_000);
  });
});
