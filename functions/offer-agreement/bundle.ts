import { copyFile, mkdir } from "node:fs/promises";
import { join } from "node:path";

/** By path, for the package exports only its scripts and styles. */
const fonts = new URL("../../node_modules/dkfds/src/fonts/IBMPlexSans/complete/ttf/", import.meta.url);

/** The letters that agreements are set in lie beside the handler. */
export const bundle = {
  write: async (folder: string) => {
    await mkdir(join(folder, "fonts"), { recursive: true });
    for (const name of ["IBMPlexSans-Regular.ttf", "IBMPlexSans-SemiBold.ttf"])
      await copyFile(new URL(name, fonts), join(folder, "fonts", name));
  },
};
