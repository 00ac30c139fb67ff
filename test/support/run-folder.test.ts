import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { folderOfProcess } from "./run-folder.ts";

let parent: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "runs-"));
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

/** Another run, until it is told to end: what it says first, and how it ends. */
async function another(script: string): Promise<{ run: ChildProcess; said: string }> {
  const run = spawn(
    process.execPath,
    [
      "--input-type=module",
      "--eval",
      `const { folderOfProcess, liveInRunFolder } = await import(${JSON.stringify(new URL("./run-folder.ts", import.meta.url).href)});
      ${script}
      process.stdin.on("end", () => process.exit(1)).resume();`,
    ],
    {
      stdio: ["pipe", "pipe", "inherit"],
      env: { ...process.env, TMPDIR: parent, TMP: parent, TEMP: parent },
    },
  );
  onTestFinished(() => void run.kill("SIGKILL"));
  const [said] = (await once(createInterface({ input: run.stdout }), "line")) as [string];
  return { run, said };
}

describe("the folder of a run", () => {
  it("goes when the run ends, also with an error, with everything that was put in it", async () => {
    const { run, said } = await another(`
      const { mkdtempSync } = await import("node:fs");
      const { homedir, tmpdir } = await import("node:os");
      liveInRunFolder();
      mkdtempSync(tmpdir() + "/left-");
      mkdtempSync(homedir() + "/left-");
      console.log(tmpdir());`);
    expect(readdirSync(parent)).toEqual([basename(said)]);
    expect(readdirSync(said).length).toBe(2);
    run.stdin?.end();
    expect(await once(run, "exit")).toEqual([1, null]);
    expect(readdirSync(parent)).toEqual([]);
  });

  it("is left alone by others while the run lives, and cleared away by the next one when it was killed", async () => {
    const { run, said: theirs } = await another(`
      const folder = folderOfProcess(process.env.TMPDIR, "run");
      console.log(folder);`);
    writeFileSync(join(theirs, "a file"), "");
    const mine = folderOfProcess(parent, "run");
    expect(existsSync(join(theirs, "a file"))).toBe(true);
    run.kill("SIGKILL");
    await once(run, "exit");
    expect(folderOfProcess(parent, "run")).toBe(mine);
    expect(readdirSync(parent)).toEqual([basename(mine)]);
  });

  it("is not kept by a stranger who got the killed run's process id", () => {
    const mine = folderOfProcess(parent, "run");
    const earlier = mine.replace(/\w+$/, "0ld");
    mkdirSync(earlier);
    folderOfProcess(parent, "run");
    expect(readdirSync(parent)).toEqual([basename(mine)]);
  });

  it("is cleared away only where it is of this kind and of this machine", () => {
    const others = ["other-1-gone", "run-ffffff-999999999-abc", "run", "runs-of-somebody"];
    for (const name of others) mkdirSync(join(parent, name));
    const mine = folderOfProcess(parent, "run");
    expect(readdirSync(parent).sort()).toEqual([...others, basename(mine)].sort());
  });

  it("is where these tests live, and their home too", () => {
    expect(basename(tmpdir())).toMatch(/^os2aftale-/);
    expect(homedir()).toBe(join(tmpdir(), "home"));
  });
});
