import type { PdfFile } from "../structure/pdf-file.ts";
import { PdfDictionary, type PdfObject, PdfReference, PdfString } from "../structure/pdf-objects.ts";
import { limits } from "../structure/reading-limits.ts";

export interface FormNode {
  /** Object number; undefined where it stands directly in its parent. */
  readonly number: number | undefined;
  readonly dictionary: PdfDictionary;
}

/** A field that holds a value, with the widgets that show it. Source: ISO 32000-2, clause 12.7.4. */
export interface FormField extends FormNode {
  /** Partial names joined by dots; a second field of the same name is told apart by its place. */
  readonly name: string;
  /** /FT: Sig, Tx, Btn or Ch, its parents' where it has none. */
  readonly type: string | undefined;
  /** The field itself where it is its own widget. */
  readonly widgets: readonly FormNode[];
}

export interface Form {
  /** By name. */
  readonly fields: ReadonlyMap<string, FormField>;
  /** Nodes that only group fields, by name. */
  readonly groups: ReadonlyMap<string, FormNode>;
}

interface Inherited {
  readonly name: string;
  readonly type: string | undefined;
  readonly depth: number;
}

export function readForm(file: PdfFile): Form {
  const fields = new Map<string, FormField>();
  const groups = new Map<string, FormNode>();
  const seen = new Set<number>();

  const visit = (object: PdfObject, inherited: Inherited): void => {
    const node = readNode(file, object);
    if (node === undefined || inherited.depth > limits.fieldDepth || fields.size > limits.fields) return;
    if (node.number !== undefined) {
      if (seen.has(node.number)) return;
      seen.add(node.number);
    }
    const own = file.resolve(node.dictionary.get("T"));
    const partial = own instanceof PdfString ? own.toText() : "";
    const name =
      inherited.name !== "" && partial !== "" ? `${inherited.name}.${partial}` : partial || inherited.name;
    const type = file.name(node.dictionary.get("FT")) ?? inherited.type;
    const kids = file.array(node.dictionary.get("Kids"));
    if (kids.some((kid) => file.dictionary(kid)?.get("T") !== undefined)) {
      groups.set(unused(groups, name), node);
      for (const kid of kids) visit(kid, { name, type, depth: inherited.depth + 1 });
      return;
    }
    const widgets = kids.length === 0 ? [node] : kids.flatMap((kid) => readNode(file, kid) ?? []);
    const unique = unused(fields, name);
    fields.set(unique, { ...node, name: unique, type, widgets });
  };
  const form = file.dictionary(file.catalog?.get("AcroForm"));
  for (const field of file.array(form?.get("Fields"))) {
    visit(field, { name: "", type: undefined, depth: 0 });
  }
  return { fields, groups };
}

function readNode(file: PdfFile, object: PdfObject): FormNode | undefined {
  const dictionary = file.resolve(object);
  if (!(dictionary instanceof PdfDictionary)) return undefined;
  return { number: object instanceof PdfReference ? object.number : undefined, dictionary };
}

function unused(taken: ReadonlyMap<string, unknown>, name: string): string {
  if (!taken.has(name)) return name;
  return `${name}#${taken.size}`;
}
