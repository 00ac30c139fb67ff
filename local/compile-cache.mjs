// Loaded with --import before anything else: what Node compiles (and strips of its types) it keeps for the next
// start, and the functions' workers keep theirs beside it. Plain JavaScript: stripping it would cost what it saves.
import module from "node:module";
import { fileURLToPath } from "node:url";

// An older Node has no such function, and node-version.mjs tells it so in words.
module.enableCompileCache?.(fileURLToPath(new URL("../.build/compile-cache", import.meta.url)));
