import type { Observation } from "../document-facts.ts";
import type { DocumentObservation } from "../observation-codes.ts";
import type { PdfFile } from "../structure/pdf-file.ts";
import {
  isName,
  nameText,
  PdfDictionary,
  type PdfObject,
  PdfReference,
  PdfStream,
} from "../structure/pdf-objects.ts";

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

type KeyCheck = (value: PdfObject, file: PdfFile, owner: PdfDictionary) => DocumentObservation | undefined;

/** Keys that mean the same wherever they stand. */
const keys: Readonly<Record<string, KeyCheck>> = {
  JS: () => "JAVASCRIPT",
  JavaScript: () => "JAVASCRIPT",
  OpenAction: (value, file) => (isJump(value, file) ? undefined : "OPEN_ACTION"),
  AA: (value, file) => (file.dictionary(value)?.entries.size === 0 ? undefined : "AUTOMATIC_ACTION"),
  EmbeddedFiles: () => "EMBEDDED_FILE",
  EF: () => "EMBEDDED_FILE",
  AF: (value, file) => (isEmptyArray(value, file) ? undefined : "EMBEDDED_FILE"),
  XFA: () => "XFA_FORM",
  RichMediaContent: () => "RICH_MEDIA",
  "3DD": () => "RICH_MEDIA",
  Collection: () => "PORTFOLIO",
  OPI: () => "EXTERNAL_STREAM",
};

/**
 * Everything in the file that does more than show pages, in every object whether a page leads to it or not:
 * what nothing leads to today can be led to by the next revision.
 */
export function activeContent(file: PdfFile): Observation[] {
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
    see(actionCode(object, file), number);
    see(annotationCode(object, file), number);
    for (const [key, value] of object.entries) {
      if (value === null) continue;
      see(Object.hasOwn(keys, key) ? keys[key]?.(value, file, object) : undefined, number);
      walk(value, number);
    }
  };
  for (const [number, entry] of file.entries) {
    const value = entry.kind === "free" ? undefined : file.object(number)?.value;
    if (value !== undefined) walk(value, number);
  }
  return [...seen.values()];
}

function actionCode(dictionary: PdfDictionary, file: PdfFile): DocumentObservation | undefined {
  const kind = file.name(dictionary.get("S"));
  // Structure elements have an /S of their own, and may be called anything.
  const type = nameText(dictionary.get("Type"));
  const isAction = type === undefined || type === "Action";
  return kind !== undefined && isAction && !dictionary.entries.has("K") && Object.hasOwn(actions, kind)
    ? actions[kind]
    : undefined;
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

function isEmptyArray(value: PdfObject, file: PdfFile): boolean {
  return !(value instanceof PdfReference) && Array.isArray(value) && file.array(value).length === 0;
}

/** A stream whose data lies in another file, or a form that shows another file's page. */
function isExternal(stream: PdfStream): boolean {
  const reference = stream.dictionary.get("Ref");
  return stream.dictionary.get("F") !== undefined || reference instanceof PdfDictionary;
}
