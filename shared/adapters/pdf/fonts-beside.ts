import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";

/** By path, for the package exports only its scripts and styles. */
const fonts = new URL("../../../node_modules/dkfds/src/fonts/IBMPlexSans/complete/ttf/", import.meta.url);

/** The letters that papers are set in lie beside the handler: a PDF that is kept for years carries its own. */
export async function writeFonts(folder: string): Promise<void> {
  await mkdir(join(folder, "fonts"), { recursive: true });
  for (const name of ["IBMPlexSans-Regular.ttf", "IBMPlexSans-SemiBold.ttf"])
    await copyFile(new URL(name, fonts), join(folder, "fonts", name));
}
