import type { PdfFile } from "../structure/pdf-file.ts";
import {
  PdfDictionary,
  PdfName,
  type PdfObject,
  PdfReference,
  PdfStream,
  PdfString,
} from "../structure/pdf-objects.ts";
import { limits } from "../structure/reading-limits.ts";
import { unlistedNumbers } from "./shadowed-objects.ts";

/** What an action needs to do anything. Source: ISO 32000-2, clause 12.6.4. */
const needed: Readonly<Record<string, readonly string[]>> = {
  JavaScript: ["JS"],
  Launch: ["F", "Win", "Mac", "Unix"],
  SubmitForm: ["F"],
  ImportData: ["F"],
  GoToR: ["F"],
};

/**
 * Whether something stands behind a key, or only the key: a reference that leads nowhere, an empty tree, an action
 * without what it acts on.
 */
export class Emptiness {
  readonly #file: PdfFile;
  #unlisted: ReadonlySet<number> | undefined;

  constructor(file: PdfFile) {
    this.#file = file;
  }

  /** Nothing, or a reference to it. One that a searching reader would find is something. */
  isNothing(value: PdfObject | undefined): boolean {
    if (value instanceof PdfReference && this.#file.resolve(value) === undefined) {
      this.#unlisted ??= unlistedNumbers(this.#file);
      return !this.#unlisted.has(value.number);
    }
    return value === undefined || value === null;
  }

  /** Nothing, a string or a stream without a letter, an array of nothing but that, a dictionary of no entries. */
  isEmpty(value: PdfObject | undefined, depth = 0): boolean {
    if (this.isNothing(value)) return true;
    if (depth > limits.referenceChain) return false;
    const object = this.#file.resolve(value);
    if (object instanceof PdfString) return isBlank(object.bytes);
    if (object instanceof PdfStream) return isBlank(object.bytes);
    if (Array.isArray(object)) return object.every((item) => this.isEmpty(item, depth + 1));
    return (
      object instanceof PdfDictionary && [...object.entries.values()].every((item) => this.isNothing(item))
    );
  }

  /** An action of a kind that needs something it doesn't have. */
  isIdle(action: PdfDictionary): boolean {
    const kind = this.#file.name(action.get("S")) ?? "";
    const keys = Object.hasOwn(needed, kind) ? needed[kind] : undefined;
    if (keys === undefined || action.repeatedKeys.length > 0) return false;
    return keys.every((key) => this.isEmpty(action.get(key))) && this.isEmpty(action.get("Next"));
  }

  /** An action, or anything in its place, that does nothing. */
  doesNothing(value: PdfObject | undefined): boolean {
    if (this.isEmpty(value)) return true;
    const object = this.#file.resolve(value);
    return object instanceof PdfDictionary && this.isIdle(object);
  }

  /**
   * A name tree without a leaf that is something; also what is no tree at all, such as a font that bears the key's
   * name. Source: ISO 32000-2, clause 7.9.6.
   */
  isBareTree(value: PdfObject | undefined, depth = 0): boolean {
    if (this.isEmpty(value)) return true;
    if (depth > limits.fieldDepth) return false;
    const tree = this.#file.resolve(value);
    if (!(tree instanceof PdfDictionary)) return tree instanceof PdfName || tree instanceof PdfStream;
    if (tree.repeatedKeys.length > 0) return false;
    const names = this.#file.resolve(tree.get("Names"));
    const kids = this.#file.resolve(tree.get("Kids"));
    const leavesAreNothing = Array.isArray(names)
      ? names.every((item, index) => index % 2 === 0 || this.doesNothing(item))
      : this.isEmpty(names);
    const kidsAreBare = Array.isArray(kids)
      ? kids.every((kid) => this.isBareTree(kid, depth + 1))
      : this.isEmpty(kids);
    return leavesAreNothing && kidsAreBare;
  }
}

function isBlank(bytes: Buffer): boolean {
  return bytes.every(
    (code) => code === 0 || code === 9 || code === 10 || code === 12 || code === 13 || code === 32,
  );
}
