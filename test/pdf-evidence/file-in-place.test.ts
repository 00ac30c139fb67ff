import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, expect, test } from "vitest";
import { FileInPlace, filePath } from "../../pdf-evidence/rendering/file-in-place.ts";
import { readText } from "../../pdf-evidence/rendering/pages.ts";
import { startPdfium } from "../../pdf-evidence/rendering/pdfium.ts";
import { harmless } from "./hostile-files.ts";

const compiled = new WebAssembly.Module(
  readFileSync(createRequire(import.meta.url).resolve("@hyzyla/pdfium/pdfium.wasm")),
);

/** Memory as a program in WebAssembly has it, and the calls it makes, by their names. */
function program(bytes?: Uint8Array) {
  const memory = new DataView(new ArrayBuffer(4096));
  const file = new FileInPlace(() => ({ memory }));
  if (bytes !== undefined) file.hold(bytes);
  const { env, wasi_snapshot_preview1 } = file.imports();
  const calls: Record<string, unknown> = { ...env, ...wasi_snapshot_preview1 };
  const call = (name: string, ...values: (number | bigint)[]): unknown => {
    const called = calls[name];
    if (typeof called !== "function") throw new Error(`no ${name}`);
    return called(...values);
  };
  const open = (path: string) => {
    Buffer.from(memory.buffer).write(`${path}\0`, 0, "latin1");
    return call("__syscall_openat", -100, 0, 0, 0);
  };
  const seek = (offset: number, whence: number) => {
    const errno = call("fd_seek", 3, BigInt(offset), whence, 512);
    return errno === 0 ? memory.getBigInt64(512, true) : { errno };
  };
  /** Reads into parts of these lengths, one behind the other. */
  const read = (...lengths: number[]) => {
    let at = 2048;
    for (const [part, length] of lengths.entries()) {
      memory.setUint32(1024 + part * 8, at, true);
      memory.setUint32(1024 + part * 8 + 4, length, true);
      at += length;
    }
    expect(call("fd_read", 3, 1024, lengths.length, 512)).toBe(0);
    return Buffer.from(memory.buffer, 2048, memory.getUint32(512, true)).toString("latin1");
  };
  return { memory, call, open, seek, read };
}

describe("The file as PDFium sees it", () => {
  const letters = () => program(Buffer.from("abcdefghij"));

  test("it is as long as it is, and can only be read", () => {
    const { memory, call, open } = letters();
    expect(open(filePath)).toBe(3);
    expect(call("__syscall_fstat64", 3, 600)).toBe(0);
    expect(memory.getBigUint64(624, true)).toBe(10n);
    expect(memory.getUint32(604, true)).toBe(0o100_444);
  });

  test("it is read from where one has gone to, on and on, and ends where it ends", () => {
    const { seek, read } = letters();
    expect(seek(2, 0)).toBe(2n);
    expect(read(3)).toBe("cde");
    expect(read(1, 2)).toBe("fgh");
    expect(read(100)).toBe("ij");
    expect(read(100)).toBe("");
    expect(seek(-4, 2)).toBe(6n);
    expect(seek(1, 1)).toBe(7n);
    expect(read(2)).toBe("hi");
  });

  test("one can go past its end, where nothing is, but not before its beginning", () => {
    const { seek, read } = letters();
    expect(seek(50, 0)).toBe(50n);
    expect(read(5)).toBe("");
    expect(seek(-1, 0)).toEqual({ errno: 28 });
    expect(seek(0, 7)).toEqual({ errno: 28 });
  });

  test("it is no copy", () => {
    const bytes = Buffer.from("abc");
    const { read } = program(bytes);
    bytes.write("x", 1);
    expect(read(3)).toBe("axc");
  });

  test("there is no other file, and none before there is one", () => {
    expect(letters().open("/etc/passwd")).toBe(-44);
    expect(letters().open(`${filePath}x`)).toBe(-44);
    expect(program().open(filePath)).toBe(-44);
  });

  test.each([
    { name: "__syscall_fstat64", values: [4, 600], answer: -8 },
    { name: "fd_seek", values: [4, 0n, 0, 512], answer: 8 },
    { name: "fd_read", values: [4, 1024, 1, 512], answer: 8 },
    { name: "fd_close", values: [4], answer: 8 },
  ])("what was never opened is none: $name", ({ name, values, answer }) => {
    expect(letters().call(name, ...values)).toBe(answer);
  });
});

describe("An instance of PDFium", () => {
  test("reads one file; a second one needs another", async () => {
    const pdfium = await startPdfium(compiled);
    const document = pdfium.open(harmless());
    expect(readText(document).text).not.toBe("");
    expect(() => pdfium.open(harmless())).toThrow("reads one file");
    expect(document.getPageCount()).toBe(1);
  });

  test("says so where there is no document", async () => {
    const pdfium = await startPdfium(compiled);
    expect(() => pdfium.open(Buffer.from("%PDF-1.7\nnothing"))).toThrow("no document");
  });

  test("is given its file as it lies in memory that threads share", async () => {
    const pdf = harmless();
    const shared = new Uint8Array(new SharedArrayBuffer(pdf.length));
    shared.set(pdf);
    const pdfium = await startPdfium(compiled);
    expect(readText(pdfium.open(shared))).toEqual(readText((await startPdfium(compiled)).open(pdf)));
  });
});
