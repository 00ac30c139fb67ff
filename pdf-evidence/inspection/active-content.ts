import type { Observation } from "../document-facts.ts";
import type { DocumentObservation } from "../observation-codes.ts";
import type { PdfFile } from "../structure/pdf-file.ts";
import {
  isName,
  nameText,
  PdfDictionary,
  PdfName,
  type PdfObject,
  PdfStream,
} from "../structure/pdf-objects.ts";
import { Emptiness } from "./nothing-there.ts";

/** Actions by their /S. Source: ISO 32000-2, table 201. URI, Named and GoTo only lead somewhere. */
const actions: Readonly<Record<string, DocumentObservation>> = {
  JavaScript: "JAVASCRIPT",
  Launch: "LAUNCH_ACTION",
  SubmitForm: "SUBMIT_FORM_ACTION",
  ImportData: "IMPORT_DATA_ACTION",
  GoToR: "GO_TO_REMOTE_ACTION",
  GoToE: "GO_TO_EMBEDDED_ACTION",
  Thread: "GO_TO_REMOTE_ACTION",
  Rendition: "OTHER_ACTION",
  Movie: "OTHER_ACTION",
  Sound: "OTHER_ACTION",
  Hide: "OTHER_ACTION",
  SetOCGState: "OTHER_ACTION",
  ResetForm: "OTHER_ACTION",
  Trans: "OTHER_ACTION",
  GoTo3DView: "OTHER_ACTION",
  RichMediaExecute: "OTHER_ACTION",
};

/** Annotations that are more than a mark on the page, by their /Subtype. Source: ISO 32000-2, table 171. */
const annotations: Readonly<Record<string, DocumentObservation>> = {
  FileAttachment: "EMBEDDED_FILE",
  RichMedia: "RICH_MEDIA",
  Movie: "RICH_MEDIA",
  Sound: "RICH_MEDIA",
  Screen: "RICH_MEDIA",
  "3D": "RICH_MEDIA",
};

interface Place {
  readonly value: PdfObject;
  readonly owner: PdfDictionary;
  readonly file: PdfFile;
  readonly empty: Emptiness;
}

type KeyCheck = (place: Place) => DocumentObservation | undefined;

const unlessEmpty =
  (code: DocumentObservation): KeyCheck =>
  ({ value, empty }) =>
    empty.isEmpty(value) ? undefined : code;
const unlessNothing =
  (code: DocumentObservation): KeyCheck =>
  ({ value, empty }) =>
    empty.isNothing(value) ? undefined : code;
const unlessBare =
  (code: DocumentObservation): KeyCheck =>
  ({ value, empty }) =>
    empty.isBareTree(value) ? undefined : code;

/** Keys that mean the same wherever they stand; each counts by what stands behind it. */
const keys: Readonly<Record<string, KeyCheck>> = {
  JS: (place) => (isProgram(place) ? "JAVASCRIPT" : undefined),
  JavaScript: unlessBare("JAVASCRIPT"),
  OpenAction: ({ value, file, empty }) =>
    empty.doesNothing(value) || isJump(value, file) ? undefined : "OPEN_ACTION",
  AA: ({ value, file, empty }) => {
    const triggers = [...(file.dictionary(value)?.entries.values() ?? [])];
    const idle = empty.isNothing(value) || triggers.every((action) => empty.doesNothing(action));
    return idle ? undefined : "AUTOMATIC_ACTION";
  },
  EmbeddedFiles: unlessBare("EMBEDDED_FILE"),
  EF: unlessEmpty("EMBEDDED_FILE"),
  AF: unlessEmpty("EMBEDDED_FILE"),
  XFA: ({ value, file, empty }) => (isEmptyForm(value, file, empty) ? undefined : "XFA_FORM"),
  RichMediaContent: unlessEmpty("RICH_MEDIA"),
  "3DD": unlessEmpty("RICH_MEDIA"),
  Collection: unlessNothing("PORTFOLIO"),
  OPI: unlessEmpty("EXTERNAL_STREAM"),
};

/**
 * Everything in the file that does more than show pages, in every object whether a page leads to it or not:
 * what nothing leads to today can be led to by the next revision.
 */
export function activeContent(file: PdfFile): Observation[] {
  const empty = new Emptiness(file);
  const seen = new Map<DocumentObservation, Observation>();
  const see = (code: DocumentObservation | undefined, number: number) => {
    if (code !== undefined && !seen.has(code)) seen.set(code, { code, detail: `object ${number}` });
  };
  const walk = (object: PdfObject, number: number) => {
    if (Array.isArray(object)) for (const item of object) walk(item, number);
    if (object instanceof PdfStream) {
      if (isExternal(object)) see("EXTERNAL_STREAM", number);
      walk(object.dictionary, number);
    }
    if (!(object instanceof PdfDictionary)) return;
    // Of a key given twice some readers follow the first, some the last.
    if (object.repeatedKeys.some((key) => key === "S" || Object.hasOwn(keys, key)))
      see("OBJECT_SHADOWED", number);
    see(actionCode(object, file, empty), number);
    see(annotationCode(object, file), number);
    for (const [key, value] of object.entries) {
      if (value === null) continue;
      const check = Object.hasOwn(keys, key) ? keys[key] : undefined;
      see(check?.({ value, owner: object, file, empty }), number);
      walk(value, number);
    }
  };
  for (const [number, entry] of file.entries) {
    const value = entry.kind === "free" ? undefined : file.object(number)?.value;
    if (value !== undefined) walk(value, number);
  }
  return [...seen.values()];
}

function actionCode(
  dictionary: PdfDictionary,
  file: PdfFile,
  empty: Emptiness,
): DocumentObservation | undefined {
  const kind = file.name(dictionary.get("S"));
  // Structure elements have an /S of their own, and may be called anything.
  const type = nameText(dictionary.get("Type"));
  const isAction = type === undefined || type === "Action";
  if (kind === undefined || !isAction || dictionary.entries.has("K") || empty.isIdle(dictionary))
    return undefined;
  return Object.hasOwn(actions, kind) ? actions[kind] : undefined;
}

function annotationCode(dictionary: PdfDictionary, file: PdfFile): DocumentObservation | undefined {
  const kind = dictionary.entries.has("Rect") ? file.name(dictionary.get("Subtype")) : undefined;
  return kind !== undefined && Object.hasOwn(annotations, kind) ? annotations[kind] : undefined;
}

/** Only a jump to a page of this document. */
function isJump(value: PdfObject, file: PdfFile): boolean {
  const action = file.resolve(value);
  return !(action instanceof PdfDictionary) || isName(file.resolve(action.get("S")), "GoTo");
}

/** A text to run; a stream only in an action, for a font may be called JS too. */
function isProgram({ value, owner, file, empty }: Place): boolean {
  if (empty.isEmpty(value)) return false;
  const program = file.resolve(value);
  if (program instanceof PdfDictionary || program instanceof PdfName) return owner.entries.has("S");
  return !(program instanceof PdfStream) || owner.entries.has("S");
}

/** A stream, or an array of names each followed by its part. Source: ISO 32000-1, clause 12.7.8. */
function isEmptyForm(value: PdfObject, file: PdfFile, empty: Emptiness): boolean {
  const form = file.resolve(value);
  return Array.isArray(form)
    ? form.every((part, index) => index % 2 === 0 || empty.isEmpty(part))
    : empty.isEmpty(value);
}

/** A stream whose data lies in another file, or a form that shows another file's page. */
function isExternal(stream: PdfStream): boolean {
  const reference = stream.dictionary.get("Ref");
  return stream.dictionary.get("F") !== undefined || reference instanceof PdfDictionary;
}
