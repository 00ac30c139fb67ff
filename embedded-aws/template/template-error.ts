/** Where in a template something stands, as a person would look it up. */
export interface Place {
  stack: string;
  logicalId: string;
  /** Dotted path of the property, empty for the resource itself. */
  property: string;
}

/** The template asks for something the local world does not know: the start stops here, nothing is skipped. */
export class TemplateError extends Error {
  override name = "TemplateError";
  readonly place: Place;

  constructor(place: Place, message: string) {
    super(`${describePlace(place)}: ${message}`);
    this.place = place;
  }
}

export function describePlace({ stack, logicalId, property }: Place): string {
  return property === "" ? `${stack} / ${logicalId}` : `${stack} / ${logicalId} / ${property}`;
}
