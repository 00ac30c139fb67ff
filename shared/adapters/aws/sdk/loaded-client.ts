/**
 * A client of the SDK, or how to come by it. A function's provision hands over the second: the SDK is most of a cold
 * start, and a link that is refused, or a page that reads nothing, need not wait for it.
 *
 * The modules beside this one name what a dynamic import loads. They are slices: an `import()` of the package itself
 * would load every command it has.
 */
export type LoadedClient<Client extends object> = Client | (() => Promise<Client>);

export async function clientOf<Client extends object>(given: LoadedClient<Client>): Promise<Client> {
  return typeof given === "function" ? given() : given;
}

/** Makes a client with the first command that is sent by it, and one only. */
export function onFirstUse<Client extends object>(make: () => Promise<Client>): () => Promise<Client> {
  let made: Promise<Client> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** By name, as AWS advises: the class would have to be loaded to ask for it. */
export function isFailure<Failure extends Error>(error: unknown, name: Failure["name"]): error is Failure {
  return error instanceof Error && error.name === name;
}
