import * as z from "zod/mini";

/** One thing that a handler can be handed, and the settings of the environment that it takes. */
export interface Provision<Settings extends z.core.$ZodShape, Thing> {
  settings: Settings;
  make: (settings: z.output<z.ZodMiniObject<Settings>>) => Thing;
}

/** Said beside each adapter, so that a handler only names it. */
export function provision<Settings extends z.core.$ZodShape, Thing>(
  settings: Settings,
  make: Provision<Settings, Thing>["make"],
): Provision<Settings, Thing> {
  return { settings, make };
}

/** Something that takes no setting. */
export function given<Thing>(make: () => Thing): Provision<Record<never, never>, Thing> {
  return { settings: {}, make };
}

type Provided = Readonly<Record<string, { settings: z.core.$ZodShape; make: (settings: never) => unknown }>>;

/**
 * Reads the environment once, through a schema composed of exactly what the named things take, and makes each.
 * @throws z.core.$ZodError naming every setting that is missing
 */
export function provide<Named extends Provided>(
  environment: Readonly<Record<string, string | undefined>>,
  named: Named,
): { [Name in keyof Named]: ReturnType<Named[Name]["make"]> } {
  const shape: z.core.$ZodShape = Object.assign({}, ...Object.values(named).map(({ settings }) => settings));
  const settings = z.object(shape).parse(environment);
  const made = Object.entries(named).map(([name, { make }]) => [name, make(settings as never)]);
  return Object.fromEntries(made);
}
